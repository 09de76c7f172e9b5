import { readPromises, sortVerdicts } from "../../cli/promises";
import type { Verdict } from "../../policies/verdict";

const verdict = (control: string, outcome: Verdict["verdict"], type = "aws:ec2/vpc:Vpc"): Verdict => ({
  control,
  verdict: outcome,
  severity: "high",
  resource: { urn: "urn:a", name: "main", type },
  message: "a sentence",
  why: "a reason",
  fix: "a change",
});

describe("what the controls said", () => {
  it("counts a control as kept only when no resource speaks against it", () => {
    const { hold, violations } = sortVerdicts(
      [verdict("a-b", "pass"), verdict("c-d", "pass"), verdict("c-d", "violation")],
      true,
    );
    expect(hold).toEqual(["a-b"]);
    expect(violations.map(({ control }) => control)).toEqual(["c-d"]);
  });

  it("keeps faults of waivers apart from faults of resources", () => {
    const { violations, aboutWaivers } = sortVerdicts([verdict("waiver-used", "violation", "waiver")], true);
    expect(violations).toEqual([]);
    expect(aboutWaivers).toHaveLength(1);
  });

  it("is unknown, and no approval, when the pack wrote nothing", () => {
    expect(readPromises("/nowhere/verdicts.json")).toBeUndefined();
  });
});
