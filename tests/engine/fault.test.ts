import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Ground } from "./command";

jest.setTimeout(600_000);
const ACCOUNT = "account-111122223333-eu-central-1";

/** The account layer alone: a handful of resources are enough to strike at. */
function accountOnly(): string {
  const folder = mkdtempSync(join(tmpdir(), "bulwark-example-"));
  const file = `Pulumi.${ACCOUNT}.yaml`;
  copyFileSync(join(__dirname, "..", "..", "examples", "production", file), join(folder, file));
  return folder;
}

const faults = (list: readonly object[]): NodeJS.ProcessEnv => ({ BULWARK_TWIN_FAULTS: JSON.stringify(list) });

describe("an account in which something goes wrong", () => {
  it("gets through throttling", () => {
    const ground = new Ground("throttled", accountOnly());
    const { code, stderr } = ground.rehearse(["--json"], faults([{ kind: "throttle", times: 3, on: "create" }]));

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(readFileSync(ground.account, "utf8")).toContain("ThrottlingException");
  });

  it("says what AWS refused, keeps what was made, and finishes at the next run", () => {
    const ground = new Ground("refused", accountOnly());
    const refusal = {
      kind: "refuse",
      on: "create",
      match: "aws:kms/alias*",
      code: "LimitExceededException",
      message: "too many",
    };
    const first = ground.rehearse([], faults([refusal]));

    expect(first.code).toBe(3);
    expect(first.stderr).toContain("LimitExceededException");
    expect(first.stderr).toMatch(/logs\/.*\.up\.log/);

    const second = ground.rehearse(["--json"]);
    expect({ code: second.code, stderr: second.stderr }).toMatchObject({ code: 0 });
    const keys = (
      JSON.parse(readFileSync(ground.account, "utf8")) as { resources: { type: string }[] }
    ).resources.filter(({ type }) => type === "aws:kms/key:Key");
    expect(keys).toHaveLength(1);
    expect(ground.processes()).toEqual([]);
  });

  it("leaves no host, provider or pack behind when the engine is killed", async () => {
    const ground = new Ground("killed", accountOnly());
    const place = await ground.place();
    expect(ground.shell(`pulumi stack init ${ACCOUNT}`).code).toBe(0);
    const args = ["preview", "--stack", ACCOUNT, "--policy-pack", place.pack, "--non-interactive"];
    const engine = spawn(place.pulumi, args, { cwd: place.project, env: place.env, stdio: "ignore" });

    await until(() => ground.processes().length >= 3);
    engine.kill("SIGKILL");

    await until(() => ground.processes().length === 0);
    expect(ground.processes()).toEqual([]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let attempts = 0; attempts < 200 && !isSo(); attempts += 1) await sleep(50);
}
