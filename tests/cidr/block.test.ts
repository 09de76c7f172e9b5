import fc from "fast-check";
import { block, blockAt, canonical, contains, formatAddress, overlaps, parseBlock } from "../../stacks/cidr/block";
import { coversTheWorld, union } from "../../stacks/cidr/union";

const blocks = (family: 4 | 6) => {
  const bits = family === 4 ? 32 : 128;
  const address = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
  return fc.tuple(address, fc.nat(bits)).map(([value, prefix]) => blockAt(family, value, prefix));
};
const any = fc.oneof(blocks(4), blocks(6));

/** Halves a block as often as asked, along a random path, so that the parts make up the whole again. */
const cut = (whole: ReturnType<typeof block>, turns: readonly boolean[]) => {
  const parts = [];
  let rest = whole;
  for (const left of turns) {
    const low = blockAt(rest.family, rest.first, rest.prefix + 1);
    const high = blockAt(rest.family, rest.last, rest.prefix + 1);
    parts.push(left ? high : low);
    rest = left ? low : high;
  }
  return [...parts, rest];
};

describe("a CIDR block", () => {
  it("reads back what it writes", () => {
    fc.assert(
      fc.property(any, ({ family, first, prefix }) => {
        const read = parseBlock(canonical(blockAt(family, first, prefix)));
        expect(read).toEqual(blockAt(family, first, prefix));
      }),
    );
  });

  it("holds its own first and last address and neither neighbour", () => {
    fc.assert(
      fc.property(any, (it) => {
        const bits = it.family === 4 ? 32 : 128;
        expect(contains(it, blockAt(it.family, it.first, bits))).toBe(true);
        expect(contains(it, blockAt(it.family, it.last, bits))).toBe(true);
        if (it.first > 0n) expect(contains(it, blockAt(it.family, it.first - 1n, bits))).toBe(false);
        if (it.last + 1n < 1n << BigInt(bits)) expect(overlaps(it, blockAt(it.family, it.last + 1n, bits))).toBe(false);
      }),
    );
  });

  it("overlaps another exactly when one of the two holds the other", () => {
    fc.assert(fc.property(any, any, (a, b) => overlaps(a, b) === (contains(a, b) || contains(b, a))));
  });

  it.each([
    ["10.20.3.4/16", "10.20.0.0/16"],
    ["2001:DB8:0:0:1::5/64", "2001:db8::/64"],
    ["::ffff:203.0.113.9/120", "::ffff:cb00:7100/120"],
    ["2001:db8:0:1:0:0:0:1/128", "2001:db8:0:1::1/128"],
    ["::/0", "::/0"],
  ])("writes %s as %s", (text, expected) => {
    expect(canonical(block(text))).toBe(expected);
  });

  it.each([
    "10.0.0.0",
    "10.0.0/8",
    "010.0.0.0/8",
    "10.0.0.0/33",
    "10.0.0.256/8",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "::/129",
  ])("is not %s", (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it.each([
    ":::/0",
    "1::2::3/64",
    "12345::/16",
    "1:2:3:4:5:6:7/64",
    "1:2:3:4:5:6:7:8:9/64",
    "",
    "/0",
    " 10.0.0.0/8",
    "x/8",
  ])("is not %j either", (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it("names what it got and what to write when checked text turns out to be none", () => {
    expect(() => block("10.0.0.0")).toThrow(/got "10.0.0.0"; write 10.20.0.0\/16/);
  });

  it("writes addresses as people do", () => {
    expect(formatAddress(4, 0x0a140304n)).toBe("10.20.3.4");
    expect(formatAddress(6, 1n)).toBe("::1");
  });
});

describe("several blocks together", () => {
  it("are the world again however the world was cut up", () => {
    const worlds = fc.constantFrom(block("0.0.0.0/0"), block("::/0"), block("::ffff:0:0/96"));
    fc.assert(
      fc.property(worlds, fc.array(fc.boolean(), { maxLength: 30 }), (world, turns) => {
        expect(coversTheWorld(cut(world, turns))).toBe(true);
      }),
    );
  });

  it("are not the world when a single part is missing", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), fc.nat(), (turns, missing) => {
        const parts = cut(block("0.0.0.0/0"), turns);
        expect(coversTheWorld(parts.filter((_, index) => index !== missing % parts.length))).toBe(false);
      }),
    );
  });

  it("leave gaps between their ranges", () => {
    fc.assert(
      fc.property(fc.array(blocks(4)), (parts) => {
        const ranges = union(parts);
        expect(ranges.every((range, index) => index === 0 || range.first > (ranges[index - 1]?.last ?? 0n) + 1n)).toBe(
          true,
        );
        expect(parts.every((part) => ranges.some(({ first, last }) => first <= part.first && part.last <= last))).toBe(
          true,
        );
      }),
    );
  });
});
