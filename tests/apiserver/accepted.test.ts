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
    // What runs, and a class whose parameters are fixed for its life, would be in the next suite's way.
    const makers = PLATFORM.flatMap(([, objects]) => objects).filter(
      (object) => object.kind === "StorageClass" || bare([object]).length > 0,
    );
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
    // Timestamps are whole seconds; pods of the applications before are older, or gone.
    const began = Math.floor(Date.now() / 1000) * 1000;
    await server.apply(objects, DEPLOYER);
    const wanted = objects.filter(
      ({ kind }) => kind === "Deployment" || kind === "StatefulSet",
    ) as unknown as readonly Scaled[];
    const missing = async () => {
      const { body } = await admin.demand("GET", "/api/v1/namespaces/team-shop/pods", {});
      const { items } = body as { items: readonly Made[] };
      const fresh = items.filter(({ metadata }) => Date.parse(metadata.creationTimestamp) >= began);
      // A set makes its second pod when the first is ready, which without nodes it never is.
      return wanted.filter(({ kind, metadata: { name }, spec: { replicas = 1 } }) => {
        const made = fresh.filter(({ metadata }) => metadata.name.startsWith(`${name}-`)).length;
        return made < (kind === "StatefulSet" ? 1 : replicas);
      });
    };

    expect(wanted.length).toBeGreaterThan(2);
    expect(await eventually(missing, (none) => none.length === 0)).toEqual([]);
    await undo(["", objects]);
  });
});

interface Scaled extends Manifest {
  readonly spec: { readonly replicas?: number };
}

interface Made {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
}

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
