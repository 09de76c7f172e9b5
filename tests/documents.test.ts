import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import packageJson from "../package.json";

const root = join(__dirname, "..");
const tracked = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));

describe.each(tracked)("%s", (file) => {
  const text = readFileSync(join(root, file), "utf8");

  it("links only to files that exist", () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });

  it("names only commands that package.json has", () => {
    const named = [...text.matchAll(/npm run ([a-z][a-z-]*)/g)].map(([, name = ""]) => name);
    // An example that is a repository of its own has commands of its own.
    const own = join(root, dirname(file), "package.json");
    const { scripts } = (existsSync(own) ? JSON.parse(readFileSync(own, "utf8")) : packageJson) as { scripts: object };
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it("shows only TypeScript that compiles", () => {
  const blocks = new Map<string, string>();
  for (const file of tracked) {
    const found = [...readFileSync(join(root, file), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)];
    for (const [index, [, code = ""]] of found.entries()) {
      blocks.set(join(root, dirname(file), `.block-${file.replaceAll("/", "-")}-${index}.ts`), code);
    }
  }
  expect(blocks.size).toBeGreaterThan(0);
  expect(compile(blocks)).toEqual([]);
}, 120_000);

/** What the compiler says of files that exist only in memory, under the settings of this repository. */
function compile(files: ReadonlyMap<string, string>): string[] {
  const { options: ours } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  );
  // Readers have the package; here its sources answer for it.
  const options = { ...ours, paths: { bulwark: [join(root, "constructs")] } };
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path);
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}
