import { observe, sameValue } from "../../cli/verify/drift";

const reading = (asked: object, recorded: object, outputs: object) => ({
  urn: "urn:x",
  type: "aws:eks/cluster:Cluster",
  asked: { ...asked },
  recorded: { ...recorded },
  now: { inputs: { ...asked }, outputs: { ...outputs } },
});

describe("a resource read back from AWS", () => {
  it("is what was asked for where AWS answers what it answered before", () => {
    const asked = { name: "main", vpcConfig: { endpointPublicAccess: false } };
    const recorded = { ...asked, arn: "arn:x", vpcConfig: { endpointPublicAccess: false, vpcId: "vpc-1" } };

    expect(observe(reading(asked, recorded, recorded))).toEqual({ inputs: asked, drift: [] });
  });

  it("takes what AWS holds now in the place of what was asked for, and says what it was", () => {
    const asked = { vpcConfig: { endpointPublicAccess: false }, enabledClusterLogTypes: ["api", "audit"] };
    const now = { vpcConfig: { endpointPublicAccess: true }, enabledClusterLogTypes: ["api"] };

    expect(observe(reading(asked, asked, now))).toEqual({
      inputs: now,
      drift: [
        { path: "vpcConfig.endpointPublicAccess", was: false, is: true, asked: true },
        { path: "enabledClusterLogTypes", was: ["api", "audit"], is: ["api"], asked: true },
      ],
    });
  });

  it("holds nothing where AWS no longer answers a property", () => {
    const asked = { kmsKeyId: "key-1" };

    expect(observe(reading(asked, asked, {}))).toMatchObject({
      inputs: {},
      drift: [{ path: "kmsKeyId", asked: true }],
    });
  });

  it("is not another because AWS spells it differently from the program", () => {
    const asked = { url: "https://oidc.example.com" };
    const spelt = { url: "oidc.example.com" };

    expect(observe(reading(asked, spelt, spelt))).toEqual({ inputs: asked, drift: [] });
  });

  it("is another where a switch never took effect, though nothing has changed since", () => {
    const said = { enableKeyRotation: false };

    expect(observe(reading({ enableKeyRotation: true }, said, said))).toMatchObject({
      inputs: said,
      drift: [{ path: "enableKeyRotation", was: true, is: false, asked: true }],
    });
  });

  it("judges what the program left to AWS too, but calls a change of it nobody's doing", () => {
    const asked = { name: "main" };
    const answer = { name: "main", status: "ACTIVE" };

    expect(observe(reading(asked, answer, { ...answer, status: "FAILED" }))).toEqual({
      inputs: { name: "main", status: "FAILED" },
      drift: [{ path: "status", was: "ACTIVE", is: "FAILED", asked: false }],
    });
  });

  it("keeps inputs that only the provider knows", () => {
    const asked = { preserve: false };

    expect(observe(reading(asked, {}, {}))).toEqual({ inputs: asked, drift: [] });
  });
});

describe("two values", () => {
  it.each([
    [
      ["b", "a"],
      ["a", "b"],
    ],
    ['{"A": 1,\n"B": [2]}', '{"B":[2],"A":1}'],
    [
      { one: 1, two: 2 },
      { two: 2, one: 1 },
    ],
  ])("mean the same: %j and %j", (one, other) => {
    expect(sameValue(one, other)).toBe(true);
  });

  it.each([
    [["a"], ["a", "b"]],
    [
      [{ priority: 1 }, { priority: 2 }],
      [{ priority: 2 }, { priority: 1 }],
    ],
    [undefined, ""],
  ])("do not: %j and %j", (one, other) => {
    expect(sameValue(one, other)).toBe(false);
  });
});
