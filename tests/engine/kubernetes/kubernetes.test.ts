import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Account } from "../../../twin/account";
import { obtainEngine } from "../../../twin/engine";
import { offlineEnvironment, prepareHome } from "../../../twin/home";

jest.setTimeout(600_000);

const ROOT = join(__dirname, "..", "..", "..");
const folder = join(ROOT, ".bulwark", "tests", "kubernetes");
const account = join(folder, "account.json");
const SERVER = "https://0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";

let pulumi: (...args: readonly string[]) => { code: number | null; stdout: string };

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "state"), { recursive: true });
  copyFileSync(join(__dirname, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  copyFileSync(join(__dirname, "program.ts"), join(folder, "index.ts"));
  writeFileSync(account, JSON.stringify(withCluster()));

  const { path } = await obtainEngine();
  const home = prepareHome({ folder: join(ROOT, ".bulwark", "twin-home"), engine: path, aws: "twin" });
  const env = offlineEnvironment(home, { state: join(folder, "state"), account, passphrase: "rehearsal" });
  pulumi = (...args) => {
    const { status, stdout, stderr } = spawnSync(home.pulumi, args, { cwd: folder, env, encoding: "utf8" });
    return { code: status, stdout: stdout + stderr };
  };
});

it("deploys into a cluster of the account that another stack names, with everything the objects wait for", () => {
  pulumi("stack", "init", "cluster");
  expect(up("cluster", "-c", `kubeconfig=${kubeconfig()}`)).toMatchObject({ code: 0 });
  pulumi("stack", "init", "platform");
  const { code, stdout } = up("platform", "-c", "image=registry.example/web");

  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).not.toMatch(/warning/i);
  expect(
    Account.open(account)
      .leftovers()
      .made.map(({ id }) => id),
  ).toEqual([
    "production:shop/logging",
    "production:shop/web",
    "production:shop",
    "production:shop/token",
    "production:shop/logging",
    "production:shop/web",
    "production:shop/istio-base",
    "production:shop/web",
  ]);
});

it("finds nothing to do the second time, nor after a refresh", () => {
  const { code, stdout } = pulumi("preview", "--stack", "platform", "--refresh", "--expect-no-changes");
  expect({ code, stdout }).toMatchObject({ code: 0 });
});

it("updates exactly one Deployment when one image changes", () => {
  const { code, stdout } = up("platform", "-c", "image=registry.example/web@sha256:1");
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/~ 1 updated/);
  expect(stdout).toContain("kubernetes:apps/v1:Deployment web updated");
});

it("keeps the content of a Secret out of the state and out of sight", () => {
  expect(pulumi("stack", "output", "--stack", "platform").stdout).toContain("[secret]");
  expect(pulumi("stack", "export", "--stack", "platform").stdout).not.toMatch(/hunter2|aHVudGVyMg/);
});

it("leaves nothing of its own after a destroy, and tells what Helm keeps", () => {
  const { code, stdout } = pulumi("destroy", "--stack", "platform", "--yes", "--skip-preview");
  expect({ code, stdout }).toMatchObject({ code: 0 });
  const { made, behindTheBack } = Account.open(account).leftovers();
  expect(made).toEqual([]);
  const kept = behindTheBack.filter(({ type }) => type.startsWith("kubernetes:"));
  expect(new Set(kept.map(({ note }) => note))).toEqual(new Set(["brought by the release shop/istio-base"]));
});

function up(stack: string, ...config: readonly string[]) {
  return pulumi("up", "--stack", stack, "--yes", "--skip-preview", ...config);
}

function kubeconfig(): string {
  return JSON.stringify({
    clusters: [{ name: "production", cluster: { server: SERVER, "certificate-authority-data": "bWFpbg==" } }],
    contexts: [{ name: "production", context: { cluster: "production", user: "runner" } }],
    "current-context": "production",
  });
}

/** An account that holds a cluster, without all that a cluster stands on. */
function withCluster() {
  const properties = { endpoint: SERVER, certificateAuthority: { data: "bWFpbg==" } };
  const cluster = { type: "aws:eks/cluster:Cluster", id: "production", region: "eu-central-1", inputs: {}, properties };
  const ledger = { accountId: "111122223333", now: "2026-01-01T00:00:00Z", steps: 0, generations: {}, faults: [] };
  return { ...ledger, resources: [{ ...cluster, status: "ACTIVE" }] };
}
