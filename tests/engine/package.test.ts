import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "bulwark";
import { shop } from "../../examples/shop/shop";

const ROOT = join(__dirname, "../..");

describe("the package, installed in a repository that has nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-shop-"));
  const run = (command: string, args: readonly string[], cwd = folder): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(() => {
    cpSync(join(ROOT, "examples/shop"), folder, { recursive: true });
    run("npm", ["pack", "--pack-destination", folder], ROOT);
    const [tarball = ""] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
    run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `./${tarball}`]);
  }, 240_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("resolves its types", () => {
    expect(run("npx", ["tsc", "--noEmit"])).toBe("");
  }, 60_000);

  it("writes the shop as it is written here, and passes the shop's own test", () => {
    run("npm", ["run", "synth"]);
    const here = new App();
    shop(here);
    expect(readFileSync(join(folder, "dist/shop.k8s.yaml"), "utf8")).toBe(here.synthYaml());
    expect(JSON.parse(readFileSync(join(folder, "dist/requirements.json"), "utf8"))).toEqual({
      applications: here.requirements,
    });
    expect(run("npm", ["test"])).toMatch(/# fail 0/);
  }, 60_000);

  it("neither installs nor loads Pulumi", () => {
    writeFileSync(
      join(folder, "loaded.cjs"),
      'require("tsx/cjs"); require("./main.ts"); console.log(JSON.stringify(Object.keys(require.cache)));',
    );
    const loaded = JSON.parse(run("node", ["loaded.cjs"])) as string[];
    expect(loaded.some((file) => file.includes("node_modules/bulwark/lib/"))).toBe(true);
    expect(loaded.filter((file) => file.includes("@pulumi"))).toEqual([]);
    expect(existsSync(join(folder, "node_modules/@pulumi"))).toBe(false);
  }, 60_000);
});
