import { parseArgs } from "node:util";
import { held, holding } from "./interruption/holding";
import { interrupt, type Point, words } from "./interruption/point";
import { World } from "./interruption/world";

/**
 * Interrupts the development example at every step it has, in both ways, before and after the account has recorded it,
 * one after another, and compares each with an update that nothing struck: `npm run soak -- --points 1..40`.
 */
interface Row {
  readonly number: number;
  readonly point: Point;
  readonly ending: string;
  readonly seconds: number;
}

async function soak(): Promise<void> {
  const nothing = await World.empty("soak-nothing");
  const whole = await nothing.copy("soak-whole");
  if (!(await whole.up())) throw new Error("the update that nothing strikes did not end well");
  const clean = holding(whole);
  const all = points(whole);
  const { first, last } = range(all.length);
  console.log(`${all.length} points; running ${first} to ${last}`);

  const rows: Row[] = [];
  for (const [index, point] of all.slice(first - 1, last).entries()) {
    const number = first + index;
    const row = { number, point, ...(await ending(nothing, point, clean)) };
    rows.push(row);
    console.log(`${number} of ${all.length} (${row.seconds.toFixed(0)} s)  ${words(point)}: ${row.ending}`);
  }
  for (const world of [nothing, whole]) world.remove();
  table(rows);
}

/** Every resource of a finished world, in the order of their names, times who dies and when. */
function points(whole: World): Point[] {
  const resources = held(whole).map(({ type, urn = "" }) => `${type}::${urn.split("::").at(-1) ?? ""}`);
  return [...new Set(resources)]
    .toSorted()
    .flatMap((resource) =>
      (["engine", "provider"] as const).flatMap((dies) =>
        (["before", "after"] as const).map((when) => ({ resource, dies, when })),
      ),
    );
}

async function ending(nothing: World, point: Point, clean: unknown): Promise<{ ending: string; seconds: number }> {
  const world = await nothing.copy("soak-point");
  const begun = Date.now();
  try {
    const { holding: now, strays, leaked, asked } = await interrupt(world, point);
    const isSame = JSON.stringify(now) === JSON.stringify(clean) && strays === 0 && leaked.length === 0;
    const told = asked.length === 0 ? "" : `, asked about ${asked.join(", ")}`;
    return { ending: isSame ? `same${told}` : "DIFFERENT", seconds: (Date.now() - begun) / 1000 };
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ending: `FAILED: ${line}`, seconds: (Date.now() - begun) / 1000 };
  } finally {
    world.remove();
  }
}

function range(count: number): { readonly first: number; readonly last: number } {
  const { points: asked } = parseArgs({ options: { points: { type: "string" } } }).values;
  if (asked === undefined) return { first: 1, last: count };
  const [, first = "", last = first] = /^(\d+)(?:\.\.(\d+))?$/.exec(asked) ?? [];
  if (first === "") throw new Error(`--points takes a number or a range such as 1..40, got "${asked}"`);
  return { first: Math.max(1, Number(first)), last: Math.min(count, Number(last)) };
}

function table(rows: readonly Row[]): void {
  const wrong = rows.filter(({ ending }) => !ending.startsWith("same"));
  const asked = rows.filter(({ ending }) => ending.startsWith("same,"));
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(
    [
      "",
      `points        ${rows.length}`,
      `same state    ${rows.length - wrong.length}, of which ${asked.length} asked a person`,
      `not the same  ${wrong.length}`,
      `seconds       ${seconds.toFixed(0)}, ${(seconds / Math.max(1, rows.length)).toFixed(1)} a point`,
      ...wrong.map(({ number, point, ending }) => `  ${number}  ${words(point)}: ${ending}`),
    ].join("\n"),
  );
  if (wrong.length > 0) process.exitCode = 1;
}

soak().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
