import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster } from "../../stacks/blueprint/options/cluster";
import { kubernetesVersion } from "../../twin/apiserver";
import { obtainPrograms } from "../../twin/apiserver/programs";
import { build, builtFolder, isBuilt, type Pinned } from "../../twin/build/go";

const temporary = () => mkdtempSync(join(tmpdir(), "bulwark-"));

describe("obtaining an API server", () => {
  it("takes the programs of the folder that is named", async () => {
    const folder = temporary();
    for (const name of ["etcd", "kube-apiserver", "kube-controller-manager"]) {
      writeFileSync(join(folder, name), "", { mode: 0o755 });
    }
    const { path, origin } = await obtainPrograms({ env: { KUBEBUILDER_ASSETS: folder } });
    expect([path.etcd, origin]).toEqual([join(folder, "etcd"), "KUBEBUILDER_ASSETS"]);
  });

  it("says which of them are missing there, or do not run, and builds none behind one's back", async () => {
    const folder = temporary();
    writeFileSync(join(folder, "etcd"), "", { mode: 0o755 });
    writeFileSync(join(folder, "kube-apiserver"), "", { mode: 0o644 });
    await expect(obtainPrograms({ env: { KUBEBUILDER_ASSETS: folder } })).rejects.toThrow(
      `KUBEBUILDER_ASSETS names "${folder}", in which there is no kube-apiserver, no kube-controller-manager that runs`,
    );
  });

  it("is of the minor that a blueprint gets when it says nothing", () => {
    const { version } = cluster.parse({ name: "main" });
    expect(kubernetesVersion()).toMatch(new RegExp(`^${version.replace(".", "[.]")}[.]\\d+$`));
  });
});

describe("a build from a pinned module", () => {
  /** A module of two programs that needs nothing but Go itself. */
  function pinned(main: string): Pinned {
    const module = temporary();
    writeFileSync(join(module, "go.mod"), "module example.invalid/m\n\ngo 1.21\n");
    writeFileSync(join(module, "go.sum"), "");
    for (const folder of ["one", "two/v3"]) {
      mkdirSync(join(module, folder), { recursive: true });
      writeFileSync(join(module, folder, "main.go"), main);
    }
    const programs = { first: "example.invalid/m/one", second: "example.invalid/m/two/v3" };
    return { what: "two programs", module, version: "1.0.0", ldflags: "", programs, otherwise: "do without" };
  }

  it("leaves all programs under their names, or nothing at all", async () => {
    const good = pinned("package main\nfunc main() {}\n");
    const folder = builtFolder(good, "noun", temporary());
    await build(good, folder);
    expect(isBuilt(good, folder)).toBe(true);

    const bad = pinned("package main\nfunc main() { nothing }\n");
    const other = builtFolder(bad, "noun", temporary());
    await expect(build(bad, other)).rejects.toThrow(/building two programs failed:[^]*undefined: nothing/);
    expect(isBuilt(bad, other)).toBe(false);
  });
});
