import type { ApiServer, Client, Manifest } from "../../twin/apiserver";
import { applied, bare, inhabited } from "./applied";
import { byNameOnly } from "./definitions";
import { APPLICATIONS, type Emitted, PLATFORM } from "./emitted";
import { held } from "./held";
import { DEPLOYER, eventually, refusal, shared } from "./server";

let server: ApiServer;
let admin: Client;
let deployer: Client;

beforeAll(async () => {
  server = shared();
  [admin, deployer] = await Promise.all([server.client(), server.client(DEPLOYER)]);
  await inhabited(
    admin,
    PLATFORM.flatMap(([, objects]) => objects),
  );
});

describe("what the platform emits", () => {
  afterAll(async () => {
    const makers = PLATFORM.flatMap(([, objects]) => objects).filter((object) => bare([object]).length > 0);
    for (const maker of makers) await admin.delete(maker);
  });

  it.each(PLATFORM)(
    "is accepted as it is written, without a warning, and is the same when applied again: %s",
    async (_, objects) => {
      expect(await applied(admin, objects)).toEqual([]);
    },
  );

  it.each(PLATFORM.filter(([, objects]) => bare(objects).length > 0))(
    "makes pods that are accepted: %s",
    async (_, objects) => {
      for (const pod of bare(objects)) await admin.create(pod, { dryRun: true });
    },
  );
});

describe("what an application emits", () => {
  beforeAll(async () => {
    await held(server);
  });

  const undo = ([, objects]: Emitted) => Promise.all(objects.map((object) => deployer.delete(object)));

  it.each(APPLICATIONS)(
    "is accepted from its pipeline, makes pods that are accepted, and goes again: %s",
    async (what, objects) => {
      expect(await applied(deployer, objects)).toEqual([]);
      for (const pod of bare(objects)) {
        expect([pod.metadata.name, (await admin.create(pod, { dryRun: true })).warnings]).toEqual([
          pod.metadata.name,
          [],
        ]);
      }
      await undo([what, objects]);
    },
  );

  it("becomes pods within the tenant's quota, by Kubernetes' own controllers", async () => {
    const [, objects] = APPLICATIONS[0] ?? ["", []];
    await server.apply(objects, DEPLOYER);
    const expected = objects.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
    const list = async (resource: string) => {
      const { body } = await admin.demand("GET", `/api/v1/namespaces/team-shop/${resource}`, {});
      return (body as { items: readonly (Manifest & { reason?: string; message?: string })[] }).items;
    };
    const without = (running: readonly Manifest[]) =>
      expected
        .map(({ metadata }) => metadata.name)
        .filter((name) => !running.some((pod) => pod.metadata.name.startsWith(`${name}-`)));

    expect(expected.length).toBeGreaterThan(2);
    expect(
      without(
        await eventually(
          () => list("pods"),
          (running) => without(running).length === 0,
        ),
      ),
    ).toEqual([]);
    const failed = (await list("events")).filter(({ reason }) => reason?.startsWith("Failed"));
    expect(failed.map(({ message }) => message)).toEqual([]);
    await undo(["", objects]);
  });
});

describe("the restricted standard", () => {
  const pod = (more: object): Manifest & { spec: object } => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "team-shop" },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "a",
          image: "a",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
      ...more,
    },
  });

  it("is enforced in a tenant, whoever asks, and by nothing else", async () => {
    expect(await refusal(admin.create(pod({}), { dryRun: true }))).toBeUndefined();
    for (const more of [
      { hostNetwork: true },
      { volumes: [{ name: "v", hostPath: { path: "/" } }] },
      { securityContext: {} },
    ]) {
      expect(await refusal(admin.create(pod(more), { dryRun: true }))).toContain(
        'violates PodSecurity "restricted:v1.36"',
      );
    }
  });
});

describe("strict validation", () => {
  it("knows the fields of every custom kind that we emit", () => {
    const all = [...PLATFORM, ...APPLICATIONS].flatMap(([, objects]) => objects);
    expect(all.filter(byNameOnly)).toEqual([]);
  });

  it("sees a field that no schema has, in a kind of Kubernetes and in a custom one", async () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a", namespace: "team-shop" } };
    const wrong = { ...service, spec: { ports: [{ port: 80, targetport: 8080 }] } };
    expect(await refusal(admin.apply(wrong, { dryRun: true }))).toContain("targetport");
  });
});
