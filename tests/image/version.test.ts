import fc from "fast-check";

import { versionOf } from "../../stacks/image/version";

it("is three numbers that Image Builder takes, whatever the content", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (content) => {
      const places = versionOf(content).split(".").map(Number);

      expect(places).toHaveLength(3);
      for (const place of places) {
        expect(Number.isInteger(place)).toBe(true);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1_073_741_823);
      }
      expect(versionOf(content)).toMatch(/^1\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/);
    }),
  );
});

it("is the same for the same content and another for any other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(versionOf({ data: one }) === versionOf({ data: other })).toBe(one === other);
    }),
  );
});
