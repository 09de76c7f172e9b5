import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

jest.setTimeout(600_000);

const ROOT = join(__dirname, "..", "..");

function bootstrap(...args: readonly string[]) {
  const words = ["--import", "tsx", "cli/bulwark.ts", "bootstrap", ...args];
  return spawnSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });
}

describe("the bootstrap, rehearsed", () => {
  beforeAll(() => {
    rmSync(join(ROOT, ".bulwark", "bootstrap-rehearsal"), { recursive: true, force: true });
  });

  it("makes bucket and keys and says where state and secrets go", () => {
    const { status, stdout, stderr } = bootstrap("--rehearse", "--json");

    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(JSON.parse(stdout)).toEqual({
      backend: "s3://bulwark-state-111122223333-eu-central-1?region=eu-central-1",
      secretsProvider: "awskms://alias/bulwark/state-secrets?region=eu-central-1",
      rehearsal: true,
    });
  });

  it("has nothing to do the second time", () => {
    const { status, stderr } = bootstrap("--rehearse");

    expect(status).toBe(0);
    expect(stderr).toContain("no changes");
  });

  it("says which file to copy when a real account has none", () => {
    const { status, stderr } = bootstrap("nowhere", "--yes");

    expect(status).toBe(2);
    expect(stderr).toContain("examples/bootstrap/Pulumi.state.yaml");
  });
});
