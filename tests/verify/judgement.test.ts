import { verdictOn } from "../../cli/verify/judgement";
import { endingText, reportText } from "../../cli/verify/report";
import { foreign } from "../../cli/verify/beyond/finding";
import { stackOf } from "./stack";

const KEY = "aws:kms/key:Key";
const nothing = { lines: [], items: [] };
const judging = { stack: "production", waivers: "/nowhere", today: "2026-11-23", strict: false };
const rotating = { enableKeyRotation: true };

describe("a stack read back from AWS", () => {
  it("is reported with the drift and the promise it breaks", () => {
    const verified = verdictOn(
      stackOf({ type: KEY, asked: rotating, now: { enableKeyRotation: false } }),
      nothing,
      judging,
    );

    expect(verified.holds).toBe(false);
    const text = reportText(verified);
    expect(text).toContain("key main: enableKeyRotation was true, is false");
    expect(text).toContain("breaks keys-rotation");
    expect(endingText([verified], {})).toContain("pulumi refresh --stack production");
  });

  it("does not hold when something of it is gone, though nothing that is left breaks a promise", () => {
    const verified = verdictOn(stackOf({ type: "aws:sns/topic:Topic", asked: {}, now: "gone" }), nothing, judging);

    expect(verified.drifted).toMatchObject([{ name: "main", gone: true }]);
    expect(reportText(verified)).toContain("topic main: AWS has no such thing any more");
    expect(verified.holds).toBe(false);
  });

  it("judges what was made outside the stack by the same controls", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const open = foreign(type, "sgr-1", {
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      securityGroupId: "sg-1",
    });
    const { promises } = verdictOn(stackOf(), { lines: [], items: [open] }, judging);

    expect(promises.violations.map(({ resource }) => resource.name)).toContain("sgr-1");
    expect(promises.violations.map(({ control }) => control)).toContain("network-no-ssh-from-world");
  });

  it("does not mistake what AWS moves by itself for somebody's doing", () => {
    const asked = { displayName: "alarms" };
    const part = { type: "aws:sns/topic:Topic", asked, now: { ...asked, owner: "111122223333" } };
    const { drifted, moved } = verdictOn(stackOf(part), nothing, judging);

    expect(drifted).toEqual([]);
    expect(moved).toMatchObject([{ drift: [{ path: "owner" }] }]);
  });

  it("does not hold when a question found a problem, nor in CI when one got no answer", () => {
    const held = stackOf({ type: "aws:ec2/eip:Eip", asked: {} });
    const holds = (state: "ok" | "problem" | "unknown", strict: boolean): boolean => {
      const line = { state, subject: "The cluster", what: "cluster production", got: "said" };
      return verdictOn(held, { lines: [line], items: [] }, { ...judging, strict }).holds;
    };

    expect([holds("ok", true), holds("unknown", false)]).toEqual([true, true]);
    expect([holds("problem", false), holds("unknown", true)]).toEqual([false, false]);
  });

  it("proves nothing when nothing was read", () => {
    expect(verdictOn(stackOf(), nothing, judging).holds).toBe(false);
  });
});
