import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Account } from "../../../twin/account";
import { run } from "../../../twin/mocks";
import { kubeconfig } from "./refusals";
import { deployment, Scene } from "./scene";

const SERVER = "https://0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";
const namespace = { urn: "urn:pulumi:t::b::kubernetes:core/v1:Namespace::a", type: "kubernetes:core/v1:Namespace" };
const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };

const folder = mkdtempSync(path.join(tmpdir(), "twin-kubernetes-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a provider", () => {
  it("reaches the cluster whose address and certificate its kubeconfig says", async () => {
    const account = withCluster();
    const provider = account.kubernetes({ kubeconfig: kubeconfig(SERVER, "bWFpbg==") });
    expect(await provider.create({ ...namespace, inputs })).toMatchObject({ id: "a" });
    expect(account.leftovers().behindTheBack.map(({ id }) => id)).toContain("production");
    expect(account.leftovers().made.map(({ id }) => id)).toEqual(["production:a"]);
  });

  it("loses everything with the cluster", async () => {
    const account = withCluster();
    await account.kubernetes({ kubeconfig: kubeconfig(SERVER, "bWFpbg==") }).create({ ...namespace, inputs });
    await account.delete({ urn: "urn:x::main", type: "aws:eks/cluster:Cluster", id: "production" });
    expect(account.leftovers().made).toEqual([]);
  });

  it("does not trust a server of another certificate", async () => {
    const provider = withCluster().kubernetes({ kubeconfig: kubeconfig(SERVER, "b3RoZXI=") });
    await expect(provider.create({ ...namespace, inputs })).rejects.toThrow("certificate signed by unknown authority");
  });

  it("says of a cluster that is gone what the real one says, and forgets what it held only when told to", async () => {
    const gone = { kubeconfig: kubeconfig(SERVER) };
    const provider = new Scene().account.kubernetes(gone);
    await expect(provider.read({ ...namespace, id: "a" })).rejects.toThrow("due to unreachable cluster");
    await expect(provider.delete({ ...namespace, id: "a" })).rejects.toThrow("PULUMI_K8S_DELETE_UNREACHABLE");
    const forgetful = new Scene().account.kubernetes({ ...gone, deleteUnreachable: true });
    expect(await forgetful.read({ ...namespace, id: "a" })).toBeUndefined();
    await forgetful.delete({ ...namespace, id: "a" });
  });
});

describe("a preview", () => {
  const provider = () => new k8s.Provider("main", { kubeconfig: kubeconfig(SERVER) });
  const web = (spec: object) =>
    new k8s.apps.v1.Deployment(
      "web",
      { ...deployment, spec: { ...deployment.spec, ...spec } as never },
      { provider: provider() },
    );
  const clusters = [SERVER];

  it("fails on a misspelt field, before anything is made", async () => {
    const preview = run(() => web({ replica: 2 }), { preview: true, clusters });
    await expect(preview).rejects.toThrow(".spec.replica: field not declared in schema");
  });

  it("passes while the namespace, the kind or the cluster is not there yet, and makes nothing", async () => {
    const program = () => {
      web({});
      new k8s.apiextensions.CustomResource(
        "web",
        { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata: { name: "web" } },
        { provider: provider() },
      );
    };
    const runs = [clusters, []].map((answering) => run(program, { preview: true, clusters: answering }));
    for (const { account } of [await runs[0], await runs[1]].filter((one) => one !== undefined)) {
      expect(account.leftovers().made).toEqual([]);
    }
  });

  it("asks nothing of a provider of which it does not know the cluster yet", async () => {
    const program = () => {
      const cluster = new pulumi.StackReference("cluster", { name: "production" }).getOutput("endpoint");
      const unknown = pulumi.output(cluster).apply((server) => kubeconfig(String(server)));
      const provider = new k8s.Provider("main", { kubeconfig: unknown });
      new k8s.core.v1.Namespace("shop", {}, { provider });
    };
    const stacks = { production: { endpoint: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } };
    const { registrations } = await run(program, { preview: true, stacks });
    expect(registrations.at(-1)).toMatchObject({ type: "kubernetes:core/v1:Namespace" });
  });
});

it("keeps the content of a Secret secret, whoever wrote it", async () => {
  const { outputs } = await run(() => {
    const metadata = { name: "token" };
    const { data } = new k8s.core.v1.Secret("token", { metadata, stringData: { token: "hunter2" } });
    return { isSecret: pulumi.isSecret(data), data };
  });
  expect(outputs).toEqual({ isSecret: true, data: { token: "aHVudGVyMg==" } });
});

/** An account that holds a cluster, without all that a cluster stands on. */
function withCluster(): Account {
  const properties = { endpoint: SERVER, certificateAuthority: { data: "bWFpbg==" } };
  const cluster = { type: "aws:eks/cluster:Cluster", id: "production", region: "eu-central-1", inputs: {}, properties };
  const ledger = { accountId: "111122223333", now: "2026-01-01T00:00:00Z", steps: 0, generations: {}, faults: [] };
  const file = path.join(folder, "account.json");
  writeFileSync(file, JSON.stringify({ ...ledger, resources: [{ ...cluster, status: "ACTIVE" }] }));
  return Account.open(file, { timeScale: 0 });
}
