import { against, countText, isStrict, type Line, lineText } from "../../cli/line";

const lines: readonly Line[] = [
  { state: "ok", subject: "Quotas", what: "EKS clusters", got: "100, 0 used", needed: "1 more", fix: "raise it" },
  { state: "problem", subject: "Quotas", what: "VPCs", got: "5, 5 used", needed: "1 more", fix: "raise it" },
  { state: "unknown", subject: "Names", what: "bucket", got: "no answer" },
];

describe("a report's lines", () => {
  it("stand by subject, what is wrong first, with what to do under it", () => {
    expect(lineText(lines).split("\n")).toEqual([
      "",
      "Quotas",
      "  problem  VPCs          5, 5 used; needed: 1 more",
      "           → raise it",
      "  ok       EKS clusters  100, 0 used",
      "",
      "Names",
      "  unknown  bucket        no answer",
    ]);
    expect(countText(lines)).toBe("1 ok, 1 problem, 1 unknown");
  });

  it("count against the command when they are problems, and in CI when nobody knows", () => {
    expect(against(lines, { strict: false }).map(({ what }) => what)).toEqual(["VPCs"]);
    expect(against(lines, { strict: true }).map(({ what }) => what)).toEqual(["VPCs", "bucket"]);
    expect([isStrict({}), isStrict({ CI: "false" }), isStrict({ CI: "true" })]).toEqual([false, false, true]);
  });
});
