import { controls } from "../../policies/catalogue";
import { Inventory, type Item } from "../../policies/inventory";
import { judge, type Verdict } from "../../policies/verdict";
import { KNOWN, PITFALLS } from "./table";

const TODAY = "2026-11-23";
const rows = PITFALLS.map((pitfall) => [pitfall.number, pitfall.sentence, pitfall] as const);
const kept = PITFALLS.flatMap(({ number, sentence, controls: ids = [] }) =>
  ids.map((id) => [number, sentence, id] as const),
);
const emitted = rows.filter(([, , { ours }]) => ours !== undefined);
const seen = rows.filter(([, , { holds }]) => holds !== undefined);

function verdicts(items: readonly Item[], ids: readonly string[]): Verdict[] {
  const wanted = controls.filter(({ id }) => ids.includes(id));
  expect(wanted.map(({ id }) => id).sort()).toEqual([...ids].sort());
  return judge(new Inventory(items, TODAY), wanted, { stage: "up" });
}

// The platform of the example is registered once.
jest.setTimeout(60_000);

describe("a known pitfall", () => {
  it("has one row, and none is missing", () => {
    const numbers = PITFALLS.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    const missing = Array.from({ length: KNOWN }, (_, index) => index + 1).filter(
      (number) => !numbers.includes(number),
    );
    expect(missing).toEqual([]);
  });

  it("is kept somewhere", () => {
    expect(rows.filter(([, , { controls: ids = [], holds }]) => ids.length === 0 && holds === undefined)).toEqual([]);
  });

  it.each(kept)("%i (%s) is reported by %s when somebody falls into it", (_number, _sentence, id) => {
    const [control] = controls.filter((one) => one.id === id);
    const found = (control?.bad ?? []).map((example) => verdicts(example, [id]).map(({ verdict }) => verdict));
    expect(found.length).toBeGreaterThan(0);
    for (const outcomes of found) expect(outcomes).toContain("violation");
  });

  it.each(emitted)("%i (%s) is not in what we emit", async (_number, _sentence, { ours, controls: ids = [] }) => {
    const items = (await ours?.()) ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(verdicts(items, ids).filter(({ verdict }) => verdict !== "pass" && verdict !== "not-applicable")).toEqual(
      [],
    );
  });

  it.each(seen)("%i (%s) is kept by what is built", async (_number, _sentence, { holds }) => {
    expect.hasAssertions();
    await holds?.();
  });
});
