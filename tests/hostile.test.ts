import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import program from "../stacks/index";
import { Monitor } from "../twin/monitor";
import { run } from "../twin/mocks";
import { asPulumi, example, problems, read } from "./blueprint/stack-file";
import { hostile, type Hostile } from "./hostile/index";

/** The example with some of its lines replaced, each found by its beginning. */
function spoilt({ stack = "production", change }: Hostile): string {
  const left = new Set(Object.keys(change));
  const lines = example(stack)
    .split("\n")
    .map((line) => {
      const begin = [...left].find((key) => line.trimStart().startsWith(key));
      if (begin === undefined) return line;
      left.delete(begin);
      return line.slice(0, line.indexOf(begin)) + (change[begin] ?? "");
    });
  if (left.size > 0) throw new Error(`the example has no line that begins with ${[...left].join(", ")}`);
  return lines.join("\n");
}

describe("a hostile configuration", () => {
  it("is one of at least forty kinds, ten of them with several mistakes", () => {
    expect(hostile.length).toBeGreaterThanOrEqual(40);
    expect(hostile.filter(({ paths }) => new Set(paths).size >= 3).length).toBeGreaterThanOrEqual(10);
    expect(new Set(hostile.map(({ name }) => name)).size).toBe(hostile.length);
  });

  it.each(hostile)("is refused: $name", (row) => {
    const found = problems(() => read(spoilt(row)));

    expect(found.map(({ path }) => path)).toEqual(row.paths);
    expect(found[0]?.got).toContain(row.got);
    expect(found[0]?.fix).toContain(row.fix);
  });

  it.each(hostile)("says for every mistake what is allowed, what to write and where: $name", (row) => {
    for (const problem of problems(() => read(spoilt(row)))) {
      for (const part of [problem.path, problem.got, problem.allowed, problem.fix]) expect(part).toMatch(/\S/);
      expect(problem.at).toMatch(/^Pulumi\.production\.yaml:\d+:\d+$/);
      expect(Object.values(problem).join()).not.toMatch(/undefined|\[object|AKIA|\.\.$/);
    }
  });

  it("is the only kind that is refused: the examples it is made from are accepted", () => {
    for (const stack of ["production", "production-platform", "account-111122223333-eu-central-1"]) {
      expect(problems(() => read(example(stack)))).toEqual([]);
      expect(asPulumi(example(stack))).toHaveProperty(["bulwark:blueprint", "layer"]);
    }
  });
});

describe("the program with a hostile configuration", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-hostile-"));
  const file = join(folder, "Pulumi.production.yaml");
  const registered = jest.spyOn(Monitor.prototype, "registerResource");

  beforeAll(() => {
    process.env["BULWARK_CONFIG_FILE"] = file;
  });
  beforeEach(() => {
    registered.mockClear();
  });
  afterAll(() => {
    delete process.env["BULWARK_CONFIG_FILE"];
    rmSync(folder, { recursive: true });
  });

  const start = (source: string) => {
    writeFileSync(file, source);
    const entries = Object.entries(asPulumi(source));
    const texts = entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
    return run(program, { stack: "production", config: Object.fromEntries(texts) as Record<string, string> });
  };
  const types = () => registered.mock.calls.map(([request]) => request.getType());

  it.each(hostile)("registers nothing and names file and line: $name", async (row) => {
    const message = await start(spoilt(row)).then(
      () => "accepted",
      (error: unknown) => String(error),
    );

    for (const path of row.paths) expect(message).toContain(`. ${path}  (${file}:`);
    expect(types().filter((type) => type !== "pulumi:pulumi:Stack")).toEqual([]);
  });

  it("would have registered something, had it been the example", async () => {
    // Whether the twin can make everything is for other tests to say.
    await start(example("account-111122223333-eu-central-1")).catch(() => undefined);

    expect(types()).toContain("bulwark:index:Account");
  });
});
