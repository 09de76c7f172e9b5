import { hears } from "../../policies/event-pattern";

const event = {
  source: "aws.sts",
  detail: { name: "AssumeRole", who: { arn: "a" }, many: [{ key: "x" }, { key: "y" }] },
};
const rows: readonly (readonly [string, object, boolean])[] = [
  ["an exact value", { source: ["aws.sts"] }, true],
  ["another value", { source: ["aws.ec2"] }, false],
  ["one of several values", { source: ["aws.ec2", "aws.sts"] }, true],
  ["a value deep inside", { detail: { who: { arn: ["a"] } } }, true],
  ["a value of one object of a list", { detail: { many: { key: ["y"] } } }, true],
  ["anything but this", { detail: { name: [{ "anything-but": ["AssumeRole"] }] } }, false],
  ["anything but others", { detail: { name: [{ "anything-but": ["GetToken"] }] } }, true],
  ["anything but this, where nothing is", { detail: { none: [{ "anything-but": ["x"] }] } }, false],
  ["a beginning", { detail: { name: [{ prefix: "Assume" }] } }, true],
  ["that something is there", { detail: { name: [{ exists: true }] } }, true],
  ["that an object is there, which EventBridge cannot tell", { detail: { who: [{ exists: true }] } }, false],
  ["that nothing is there", { detail: { none: [{ exists: false }] } }, true],
  ["one of two ways", { $or: [{ source: ["aws.ec2"] }, { detail: { name: ["AssumeRole"] } }] }, true],
  ["neither of two ways", { $or: [{ source: ["aws.ec2"] }, { detail: { name: ["x"] } }] }, false],
  ["an operator that is not known here", { detail: { name: [{ wildcard: "*" }] } }, false],
  ["nothing", {}, false],
  ["an object that says nothing", { detail: {} }, false],
];

it.each(rows)("a rule that asks for %s", (_what, pattern, answer) => {
  expect(hears(JSON.stringify(pattern), event)).toBe(answer);
});
