import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { obtainEngine } from "../../twin/engine";
import { builtPath, pinnedVersion } from "../../twin/engine/build";
import { candidates } from "../../twin/engine/find";
import { locked } from "../../twin/build/lock";
import { compare, OLDEST } from "../../twin/engine/version";

/** A folder with a `pulumi` that answers this version. */
function fake(version: string, inside = "."): string {
  const folder = join(mkdtempSync(join(tmpdir(), "bulwark-")), inside);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  return folder;
}

describe("looking for the engine", () => {
  it("takes the one that is named before any other", async () => {
    const named = join(fake("99.0.0"), "pulumi");
    expect(candidates({ BULWARK_ENGINE: named, PATH: fake("98.0.0") })).toEqual([
      { path: named, origin: "BULWARK_ENGINE" },
    ]);
    await expect(obtainEngine({ env: { BULWARK_ENGINE: named } })).resolves.toMatchObject({ version: "99.0.0" });
  });

  it("refuses a named one that is too old, or does not run", async () => {
    const old = { BULWARK_ENGINE: join(fake("3.1.0"), "pulumi") };
    await expect(obtainEngine({ env: old })).rejects.toMatchObject({
      cause: { message: expect.stringContaining(OLDEST) as string },
    });
    await expect(obtainEngine({ env: { BULWARK_ENGINE: "/nowhere" } })).rejects.toThrow("/nowhere");
  });

  it("passes over one on the PATH that is too old", async () => {
    const env = { PATH: `${fake("3.1.0")}:${fake("99.0.0")}`, PULUMI_HOME: "/nowhere" };
    await expect(obtainEngine({ env })).resolves.toMatchObject({ version: "99.0.0", origin: "PATH" });
  });

  it("does not take npm's launcher for the engine", () => {
    expect(candidates({ PATH: fake("99.0.0", "node_modules/.bin"), PULUMI_HOME: "/nowhere" })).toEqual([]);
  });

  it("prefers the newest version in Pulumi's own folder", () => {
    const home = mkdtempSync(join(tmpdir(), "bulwark-"));
    for (const version of ["3.9.0", "3.260.0", "3.30.0"]) {
      mkdirSync(join(home, "versions", version, "bin"), { recursive: true });
      writeFileSync(join(home, "versions", version, "bin", "pulumi"), "#!/bin/sh\n", { mode: 0o755 });
    }
    expect(candidates({ PATH: "", PULUMI_HOME: home }).map(({ path }) => path.split("/").at(-3))).toEqual([
      "3.260.0",
      "3.30.0",
      "3.9.0",
    ]);
  });

  it("keeps a built engine under its version and the sums it was built from", () => {
    expect(builtPath("/cache")).toMatch(new RegExp(`^/cache/engine/${pinnedVersion()}-[0-9a-f]{12}/pulumi$`));
    expect(compare(pinnedVersion(), OLDEST)).toBeGreaterThanOrEqual(0);
  });
});

describe("the lock of a build", () => {
  it("lets one work at a time", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "bulwark-")), "lock");
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
    };
    await Promise.all([locked(file, work("a")), locked(file, work("b"))]);

    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("is taken over from a process that died", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "bulwark-")), "lock");
    // Larger than any process id the kernel gives out.
    writeFileSync(file, "99999999");

    await expect(locked(file, () => Promise.resolve("done"))).resolves.toBe("done");
  });
});
