import { controls } from "../../policies/catalogue";
import { Inventory } from "../../policies/inventory";
import { judge, summarise, type Verdict } from "../../policies/verdict";
import { registrations, STACKS, TODAY } from "./example";

// The production example is some three hundred resources.
jest.setTimeout(60_000);

async function verdicts(stage: "preview" | "up"): Promise<Verdict[]> {
  const all: Verdict[] = [];
  for (const stack of STACKS) {
    const inventory = new Inventory(await registrations(stack, stage === "preview"), TODAY);
    const found = judge(inventory, controls, { stage });
    expect(summarise(inventory, found).scanned).toBeGreaterThan(3);
    all.push(...found);
  }
  return all;
}

const lines = (all: readonly Verdict[], outcome: Verdict["verdict"]) =>
  all
    .filter(({ verdict }) => verdict === outcome)
    .map(({ control, resource, message }) => `${control} ${resource.name}: ${message}`);

describe("the production example", () => {
  it("violates no control and leaves nothing undetermined at up", async () => {
    const all = await verdicts("up");

    expect(lines(all, "violation")).toEqual([]);
    expect(lines(all, "undetermined")).toEqual([]);
  });

  it("leaves no control idle", async () => {
    const passed = new Set(
      (await verdicts("up")).filter(({ verdict }) => verdict === "pass").map(({ control }) => control),
    );

    expect(controls.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([]);
  });

  it("leaves undetermined at preview only what its control says is decided at up", async () => {
    const all = await verdicts("preview");

    expect(lines(all, "violation")).toEqual([]);
    expect(
      lines(
        all.filter(({ decidedAt }) => decidedAt !== "up"),
        "undetermined",
      ),
    ).toEqual([]);
  });
});
