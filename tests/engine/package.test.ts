import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "bulwark";
import { shop } from "../../examples/shop/shop";
import { devDependencies } from "../../package.json";

const ROOT = join(__dirname, "../..");
const packed = mkdtempSync(join(tmpdir(), "bulwark-packed-"));

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Installs the packed package, and what else is named, in a folder that has no more than it was given. */
function install(folder: string, ...others: readonly string[]): void {
  const [tarball = ""] = readdirSync(packed);
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(packed, tarball), ...others], folder);
}

/** What a program loads, as Node itself tells. */
function loaded(folder: string): string[] {
  writeFileSync(
    join(folder, "loaded.cjs"),
    'require("tsx/cjs"); require("./main.ts"); console.log(JSON.stringify(Object.keys(require.cache)));',
  );
  return JSON.parse(run("node", ["loaded.cjs"], folder)) as string[];
}

function withoutPulumi(folder: string): void {
  const files = loaded(folder);
  expect(files.some((file) => file.includes("node_modules/bulwark/lib/"))).toBe(true);
  expect(files.filter((file) => file.includes("@pulumi"))).toEqual([]);
  expect(existsSync(join(folder, "node_modules/@pulumi"))).toBe(false);
}

beforeAll(() => {
  run("npm", ["pack", "--pack-destination", packed], ROOT);
}, 240_000);
afterAll(() => {
  rmSync(packed, { recursive: true });
});

describe("the package, installed in a repository that has nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-shop-"));

  beforeAll(() => {
    cpSync(join(ROOT, "examples/shop"), folder, { recursive: true });
    install(folder);
  }, 240_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("resolves its types", () => {
    expect(run("npx", ["tsc", "--noEmit"], folder)).toBe("");
  }, 240_000);

  it("writes the shop as it is written here, and passes the shop's own test", () => {
    run("npm", ["run", "synth"], folder);
    const here = new App();
    shop(here);
    expect(readFileSync(join(folder, "dist/shop.k8s.yaml"), "utf8")).toBe(here.synthYaml());
    expect(JSON.parse(readFileSync(join(folder, "dist/requirements.json"), "utf8"))).toEqual({
      applications: here.requirements,
    });
    expect(run("npm", ["test"], folder)).toMatch(/# fail 0/);
  }, 240_000);

  it("neither installs nor loads Pulumi", () => {
    withoutPulumi(folder);
  }, 240_000);
});

describe("the checkout itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-root-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("synthesises the shop at its root", () => {
    run("npm", ["run", "synth", "--", "--output", folder], ROOT);
    const here = new App();
    shop(here);
    expect(readFileSync(join(folder, "shop.k8s.yaml"), "utf8")).toBe(here.synthYaml());
  }, 240_000);
});

describe("the ten lines of the documentation, in an empty folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-ten-"));
  const page = readFileSync(join(ROOT, "docs/constructs.md"), "utf8");

  /** The first block of a language on the page, which is what a reader copies. */
  const copied = (language: string): string =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1] ?? "";

  /** The packages that the page tells a reader to install, at the versions that are tested here. */
  const named = [...page.matchAll(/^ {4}npm install (.*)$/gm)]
    .flatMap(([, words = ""]) => words.split(" "))
    .filter((word) => word !== "bulwark" && !word.startsWith("--"))
    .map((name) => `${name}@${(devDependencies as Readonly<Record<string, string>>)[name] ?? "unknown"}`);

  beforeAll(() => {
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    writeFileSync(join(folder, "main.ts"), copied("ts"));
    writeFileSync(join(folder, "cdk8s.yaml"), copied("yaml"));
    install(folder, ...named);
  }, 240_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are no more than a dozen", () => {
    expect(
      copied("ts")
        .split("\n")
        .filter((line) => line.trim() !== "").length,
    ).toBeLessThanOrEqual(12);
  });

  it("are synthesised by `npx cdk8s synth`", () => {
    run("npx", ["cdk8s", "synth", "--check-upgrade=false"], folder);
    const objects = readFileSync(join(folder, "dist/shop.k8s.yaml"), "utf8");
    expect([...objects.matchAll(/^kind: (Deployment|StatefulSet)$/gm)].map(([, kind]) => kind).sort()).toEqual([
      "Deployment",
      "Deployment",
      "StatefulSet",
    ]);
    expect(existsSync(join(folder, "dist/requirements.json"))).toBe(true);
  }, 240_000);

  it("compile, strictly", () => {
    const strictly = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2023"];
    expect(run("npx", ["tsc", ...strictly, "main.ts"], folder)).toBe("");
  }, 240_000);

  it("neither install nor load Pulumi", () => {
    withoutPulumi(folder);
  }, 240_000);
});
