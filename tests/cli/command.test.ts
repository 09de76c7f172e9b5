import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

function bulwark(...args: readonly string[]) {
  const words = ["--import", "tsx", "cli/bulwark.ts", ...args];
  return spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
}

describe("the command line", () => {
  it("explains its exit codes", () => {
    const { status, stdout } = bulwark("--help");
    expect(status).toBe(0);
    for (const code of ["0  done", "1  refused", "2  the command line", "3  the engine"])
      expect(stdout).toContain(code);
  });

  it("ends with 2 for a command or option that does not exist", () => {
    expect(bulwark("explode").status).toBe(2);
    expect(bulwark("preview").status).toBe(2);
  });

  it("says what comes first when nothing was rehearsed yet", () => {
    const { status, stderr } = bulwark("rehearse", "--folder", ".bulwark/tests/none", "look");
    expect(status).toBe(2);
    expect(stderr).toContain("npm run rehearse");
  });

  it("answers machines with one JSON document even when it fails", () => {
    const { status, stdout } = bulwark("rehearse", "--json", "--folder", ".bulwark/tests/none", "look");
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: expect.stringContaining("npm run rehearse") as string });
  });
});

it("says which file a kubeconfig needs, before it looks for an engine", () => {
  const { status, stdout, stderr } = bulwark("kubeconfig", "nowhere");

  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("Pulumi.nowhere.yaml");
  expect(stderr).not.toContain("engine");
});
