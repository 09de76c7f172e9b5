import { posture, settle } from "../../stacks/account/setting";

const choice = {
  adopted: "by import",
  hardened: (opts: object) => ({ value: "hardened", ...opts }),
  insecure: (opts: object) => ({ value: "insecure", ...opts }),
} as const;

const off = {
  managed: "off",
  reason: "an old image cannot do without it",
  by: "platform@example.com",
  until: "2099-01-31",
} as const;

describe("a setting of the account", () => {
  it("is hardened when it is managed here", () => {
    expect(settle({ managed: "here" }, choice, {})).toEqual({ value: "hardened" });
  });

  it("is adopted and hardened when it is imported", () => {
    expect(settle({ managed: "import", id: "default" }, choice, {})).toEqual({ value: "hardened", import: "default" });
  });

  it("is overwritten instead of imported where the provider cannot import", () => {
    const overwritten = { ...choice, adopted: "by overwriting" } as const;

    expect(settle({ managed: "import", id: "default" }, overwritten, {})).toEqual({ value: "hardened" });
  });

  it("is left alone when the organisation runs it", () => {
    expect(settle({ managed: "organisation", by: "the security team" }, choice, {})).toBeUndefined();
  });

  it("is insecure only when that is spelled out", () => {
    expect(settle(off, choice, {})).toEqual({ value: "insecure" });
  });

  it("tells its state to a person, with reason, name and end where it is off", () => {
    expect(posture({ managed: "here" })).toBe("on, managed here");
    expect(posture({ managed: "organisation", by: "the security team" })).toBe("not managed here: the security team");
    expect(posture(off)).toBe("off until 2099-01-31: an old image cannot do without it (platform@example.com)");
  });
});
