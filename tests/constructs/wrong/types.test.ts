import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../../..");
const FILE = join(__dirname, "types.ts");
const DIRECTIVE = /^ *\/\/ @ts-expect-error (.*)$/;

const lines = readFileSync(FILE, "utf8").split("\n");
const rows = lines.flatMap((line, index) => {
  const [, why] = DIRECTIVE.exec(line) ?? [];
  return why === undefined ? [] : [{ why, index }];
});

describe("a wrong use that types can say", () => {
  // Without the directives, so that each error is seen; the directives themselves are held by the compiler in `npm run types`.
  const refused = errors(lines.map((line) => (DIRECTIVE.test(line) ? "" : line)).join("\n"));

  it.each(rows)("does not compile: $why", ({ index }) => {
    const next = rows.find((row) => row.index > index)?.index ?? lines.length;
    expect(refused.some((line) => line > index && line < next)).toBe(true);
  });

  it("is all that does not compile", () => {
    expect(refused.filter((line) => line < (rows[0]?.index ?? 0))).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });
});

/** The lines of the file that the compiler refuses, under the settings of this repository. */
function errors(text: string): number[] {
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const source = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version, ...more) =>
    path === FILE ? ts.createSourceFile(path, text, version) : source(path, version, ...more);
  const program = ts.createProgram([FILE], options, host);
  const file = program.getSourceFile(FILE);
  return ts
    .getPreEmitDiagnostics(program, file)
    .map(({ start = 0 }) => file?.getLineAndCharacterOfPosition(start).line ?? -1);
}
