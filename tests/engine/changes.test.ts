import { readFileSync } from "node:fs";
import { type Change, readChanges } from "../../cli/changes";
import { operate } from "../../cli/operation";
import { applied, base, type Base, copied, STACK, versions } from "./changes/base";
import { type Answer, previewed } from "./changes/preview";

// Rows are previewed two at a time while the tests wait for theirs in order, so the first waits longest.
jest.setTimeout(1_800_000);

const rows = [...readChanges()].flatMap(([noun, changes]) =>
  changes.map((row, index) => ({ ...row, slug: `${noun}-${index + 1}` })),
);
type Row = (typeof rows)[number];

/** With one version in support there is none to go up to. */
const possible = ({ write }: Row) => versions.length > 1 || !JSON.stringify(write).includes("newest");

const answers = new Map<Row, Promise<Answer>>();
const bases = new Map<Change["of"], Base>();
const accounts = () => [...bases.values()].map(({ ground }) => readFileSync(ground.account, "utf8"));
let before: readonly string[] = [];

beforeAll(async () => {
  const made = await Promise.all(
    (["production", "development"] as const).map(async (of) => [of, await base(of)] as const),
  );
  for (const [of, one] of made) bases.set(of, one);
  before = accounts();

  const tried = rows.filter(possible);
  const lanes: [Promise<unknown>, Promise<unknown>] = [Promise.resolve(), Promise.resolve()];
  for (const [index, row] of tried.entries()) {
    const lane = index % 2;
    const answer = (lanes[lane] ?? Promise.resolve()).then(() => previewed(baseOf(row), row, row.slug));
    lanes[lane] = answer.catch(() => undefined);
    answers.set(row, answer);
    answer.catch(() => undefined);
  }
});

const baseOf = ({ of }: Row): Base => {
  const found = bases.get(of);
  if (found === undefined) throw new Error(`no base ${of}`);
  return found;
};
const answerTo = async (row: Row): Promise<Answer> => {
  const answer = await answers.get(row);
  if (answer === undefined) throw new Error(`nobody previewed "${row.change}"`);
  return answer;
};

describe("a one-line change of a cluster's configuration", () => {
  it("is one of at least twenty-five", () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    expect(new Set(rows.map(({ change }) => change)).size).toBe(rows.length);
  });

  for (const row of rows.filter(({ refused }) => refused === undefined))
    (possible(row) ? it : it.skip)(`does what it is said to do and nothing else: ${row.change}`, async () => {
      const { by, message, ...answer } = await answerTo(row);

      expect({ by, message }).toEqual({ by: [], message: "" });
      for (const op of ["create", "update", "replace", "delete"] as const)
        expect({ [op]: answer[op] }).toEqual({ [op]: typeof row[op] === "string" ? row[op] : row[op].toSorted() });
      expect(answer.hasChanges).toBe(true);
      if (row.tells) expect(answer.outputsChange).toBe(true);
    });

  it.each(rows.filter(({ refused }) => refused !== undefined))("is refused in words: $change", async (row) => {
    const { by, message } = await answerTo(row);

    expect(by).toEqual(row.refused?.by.toSorted());
    expect(message).toContain(row.refused?.says);
  });

  it("never loses what is protected without being asked", async () => {
    const lost = await Promise.all(
      rows.filter(possible).map(async (row) => {
        const { by, steps } = await answerTo(row);
        const goes = steps.filter(({ op, protect }) => protect && /delete|replace/.test(op));
        return by.length > 0 ? [] : goes.map(({ urn }) => `${row.change}: ${urn}`);
      }),
    );

    expect(lost.flat()).toEqual([]);
  });

  it("changed nothing while it was only looked at", async () => {
    await Promise.all(answers.values());

    expect(accounts()).toEqual(before);
  });
});

describe("a change that is applied", () => {
  for (const row of rows.filter((one) => one.applied))
    (possible(row) ? it : it.skip)(`leaves nothing to do for a second preview: ${row.change}`, async () => {
      const place = await copied(baseOf(row), row, row.slug);
      await applied(place);
      const { changes, errors, outputsChange } = await operate(place, "preview", { stack: STACK });

      expect(errors).toEqual([]);
      expect(Object.keys(changes ?? {})).toEqual(["same"]);
      expect(outputsChange).toBe(false);
    });
});
