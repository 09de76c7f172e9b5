import { controls } from "../../policies/catalogue";
import { Inventory, type Item } from "../../policies/inventory";
import { judge, type Verdict } from "../../policies/verdict";

const TODAY = "2026-11-23";

function outcomes(items: readonly Item[], id: string): Verdict["verdict"][] {
  const control = controls.filter((one) => one.id === id);
  return judge(new Inventory(items, TODAY), control, { stage: "up" }).map(({ verdict }) => verdict);
}

describe.each(controls.map((control) => [control.id, control] as const))("%s", (id, { good, bad }) => {
  it.each(bad.map((example, index) => [index, example] as const))("reports bad example %i", (_index, example) => {
    expect(outcomes(example, id)).toContain("violation");
  });

  it.each(good.map((example, index) => [index, example] as const))("accepts good example %i", (_index, example) => {
    const found = outcomes(example, id);

    expect(found).toContain("pass");
    expect(found).not.toContain("violation");
    expect(found).not.toContain("undetermined");
  });
});
