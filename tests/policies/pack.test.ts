import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { controls } from "../../policies/catalogue";
import { policies } from "../../policies/pack/policies";
import { type Settings, settingsOf } from "../../policies/pack/settings";
import type { VerdictFile } from "../../policies/pack/verdict-file";
import type { Item } from "../../policies/inventory";
import { UNKNOWN } from "../../policies/unknown";
import { analyze, analyzeResources, MANDATORY } from "./engine-call";
import { registrations, STACKS, TODAY } from "./example";

// The production example is some three hundred resources.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "bulwark-pack-"));
const settings = (environment: Record<string, string> = {}): Settings =>
  settingsOf({ PULUMI_DRY_RUN: "true", PULUMI_STACK: "production", ...environment }, TODAY);
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as VerdictFile;

const decidedAtUp = new Set(controls.filter(({ decidedAt }) => decidedAt === "up").map(({ id }) => id));

/** What the pack says of these, without the advice that a version or policy is known only once it exists. */
async function findings(items: readonly Item[], by: Settings) {
  return (await analyze(items, by)).filter(({ policyname }) => !decidedAtUp.has(policyname));
}

function weakened(items: readonly Item[], type: string, inputs: object): Item[] {
  return items.map((item) => (item.type === type ? { ...item, inputs: { ...item.inputs, ...inputs } } : item));
}

describe("the policy pack at preview", () => {
  it.each(STACKS)(
    "has nothing against %s of the example in strict mode, and never says that it cannot run",
    async (stack) => {
      const lines = await analyze(await registrations(stack, true), { ...settings(), strict: true });

      expect(lines.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
      expect(lines.filter(({ enforcementlevel }) => enforcementlevel === MANDATORY)).toEqual([]);
    },
  );

  it("shows what is undetermined as advice with the unknown property, and insists on it only in strict mode", async () => {
    const items = weakened(await registrations("production", true), "aws:eks/cluster:Cluster", {
      deletionProtection: UNKNOWN,
    });

    for (const strict of [false, true]) {
      const lines = await findings(items, { ...settings(), strict });
      expect(lines).toMatchObject([
        { policyname: "cluster-deletion-protection", message: expect.stringContaining("deletionProtection") as string },
      ]);
      expect(lines[0]?.enforcementlevel === MANDATORY).toBe(strict);
    }
  });

  it("says id, message, why and fix of a violation in one line, on the resource", async () => {
    const items = weakened(await registrations("production", true), "aws:kms/key:Key", { enableKeyRotation: false });
    const lines = await findings(items, settings());

    expect(lines).toHaveLength(items.filter(({ type }) => type === "aws:kms/key:Key").length);
    expect(lines[0]).toMatchObject({
      policyname: "keys-rotation",
      enforcementlevel: MANDATORY,
      message: expect.stringMatching(
        /^the key never rotates \(enableKeyRotation\)\. Why: .+\. Fix: set `enableKeyRotation: true`$/,
      ) as string,
      urn: expect.stringContaining("aws:kms/key:Key::main-") as string,
    });
  });

  it("judges what was asked for, not what AWS made of it", async () => {
    const items = (await registrations("production", true)).map((item) => {
      const inputs = Object.fromEntries(Object.entries(item.inputs).filter(([name]) => name !== "policy"));
      return item.name === "main-backups" ? { ...item, inputs } : item;
    });

    expect((await findings(items, settings())).map(({ policyname }) => policyname)).toEqual(["keys-explicit-policy"]);
  });

  it("honours the waivers it is given", async () => {
    const file = join(folder, "waivers.yaml");
    writeFileSync(
      file,
      'waivers:\n  - { control: keys-rotation, resource: "main-*", owner: me@example.com, reason: a reason that is long enough, expiry: "2027-01-01" }\n',
    );
    const items = weakened(await registrations("production", true), "aws:kms/key:Key", { enableKeyRotation: false });

    expect(await findings(items, settings({ BULWARK_WAIVERS: file }))).toEqual([]);
  });

  it("calls a waiver that nobody needs unused, once", async () => {
    const file = join(folder, "unused.yaml");
    writeFileSync(
      file,
      'waivers:\n  - { control: keys-rotation, resource: "main-*", owner: me@example.com, reason: a reason that is long enough, expiry: "2027-01-01" }\n',
    );
    const lines = await findings(await registrations("production", true), settings({ BULWARK_WAIVERS: file }));

    expect(lines.map(({ policyname }) => policyname)).toEqual(["waiver-used"]);
  });
});

describe("the verdict file", () => {
  it("holds every verdict of the stack", async () => {
    const file = join(folder, "all.json");
    const items = await registrations("production", true);
    await analyze(items, settings({ BULWARK_VERDICTS: file }));
    const { complete, scanned, stage, stack, verdicts } = read(file);

    expect({ complete, stage, stack }).toEqual({ complete: true, stage: "preview", stack: "production" });
    expect(scanned).toBe(items.filter(({ type }) => type.startsWith("aws:")).length);
    expect(verdicts.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(100);
  });

  it("is written at the first violation, since an update stops there", async () => {
    const file = join(folder, "partial.json");
    const keys = weakened(await registrations("production", true), "aws:kms/key:Key", { enableKeyRotation: false });
    const [key] = keys.filter(({ type }) => type === "aws:kms/key:Key");
    if (key === undefined) throw new Error("the example registers no key");
    await analyzeResources([key], policies(settings({ BULWARK_VERDICTS: file })));

    expect(read(file)).toMatchObject({ complete: false, scanned: 1 });
    expect(read(file).verdicts.filter(({ verdict }) => verdict === "violation")).toMatchObject([
      { control: "keys-rotation" },
    ]);
  });
});

describe("the policy pack in a plain shell, where nobody says what it is called for", () => {
  const plain = (file: string) => ({ ...settingsOf({ BULWARK_VERDICTS: file }, TODAY), strict: true });

  it.each([true, false])(
    "tells preview from up by what is unknown, and the stack by its URNs (preview: %s)",
    async (preview) => {
      const file = join(folder, `plain-${String(preview)}.json`);
      const lines = await analyze(await registrations("production", preview), plain(file));

      expect(lines.filter(({ enforcementlevel }) => enforcementlevel === MANDATORY)).toEqual([]);
      expect(read(file)).toMatchObject({ stage: preview ? "preview" : "up", stack: "production" });
    },
  );
});

describe("the settings", () => {
  it("are strict in CI", () => {
    expect(
      [{ CI: "true" }, { CI: "1" }, { CI: "" }, { CI: "false" }, {}].map(
        (environment) => settingsOf(environment, TODAY).strict,
      ),
    ).toEqual([true, true, false, false, false]);
  });

  it("tell preview from up by what the environment says, and leave it open otherwise", () => {
    expect(settingsOf({}, TODAY).stage).toBeUndefined();
    expect(settingsOf({ PULUMI_DRY_RUN: "true" }, TODAY).stage).toBe("preview");
    expect(settingsOf({ PULUMI_DRY_RUN: "false" }, TODAY).stage).toBe("up");
  });
});

it("starts in plain Node as the engine starts it", async () => {
  const root = join(__dirname, "..", "..");
  const runner = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
  const pack = spawn(process.execPath, [runner, "127.0.0.1:1", join(root, "policies")], {
    cwd: join(root, "policies"),
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "false", PULUMI_DRY_RUN: "true", PULUMI_STACK: "production" },
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      pack.stdout.once("data", (data: Buffer) => {
        resolve(data.toString());
      });
      pack.once("exit", (code) => {
        reject(new Error(`the pack ended with code ${String(code)}`));
      });
    });
    expect(port).toMatch(/^\d+\n$/);
  } finally {
    pack.kill();
  }
}, 30_000);
