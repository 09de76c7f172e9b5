import type { Answer, ApiServer, Client, Manifest } from "../../twin/apiserver";
import { type Manifest as Written, pods } from "../constructs/manifest";
import { APPLICATIONS, type Emitted, PLATFORM } from "./emitted";
import { held } from "./held";
import { DEPLOYER, eventually, namespaces, refusal, shared } from "./server";

let server: ApiServer;
let admin: Client;
let deployer: Client;

beforeAll(async () => {
  server = shared();
  [admin, deployer] = await Promise.all([server.client(), server.client(DEPLOYER)]);
  const mentioned = PLATFORM.flatMap(([, objects]) => objects.map(({ metadata }) => metadata.namespace ?? "default"));
  const known = await namespaces(admin);
  for (const name of new Set(mentioned.filter((each) => !known.includes(each)))) {
    await admin.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
});

/** What is not as it was promised in the answers to objects that are applied twice. */
async function applied(client: Client, objects: readonly Manifest[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const object of objects) {
    const name = `${object.kind} ${object.metadata.name}`;
    let once: Answer;
    try {
      once = await client.apply(object);
    } catch (error) {
      complaints.push(`${name}: ${String(error)}`);
      continue;
    }
    // A namespace warns of what it would not allow were it restricted, and an agent and the audit are such.
    const warnings = ["team-watch", "audit"].includes(object.metadata.namespace ?? "") ? [] : once.warnings;
    complaints.push(...warnings.map((warning) => `${name}: ${warning}`));
    const twice = await client.apply(object);
    if (version(twice) !== version(once)) complaints.push(`${name}: changes when it is applied again`);
  }
  return complaints;
}

/** What tells whether an apply changed anything; controllers write the state of a few kinds meanwhile. */
function version({ body }: Answer): string | number | undefined {
  const { kind, metadata } = body as { kind: string; metadata: { generation?: number; resourceVersion: string } };
  if (metadata.generation !== undefined) return metadata.generation;
  return ["HorizontalPodAutoscaler", "Namespace", "ResourceQuota"].includes(kind)
    ? undefined
    : metadata.resourceVersion;
}

/** The pods of everything that makes pods, as its controller would make them. */
function bare(objects: readonly Manifest[]): Manifest[] {
  return pods(objects as readonly Written[]).map(({ by, namespace, pod }) => {
    const { spec, metadata } = pod as unknown as { spec: object; metadata: object };
    // A set's controller adds the volumes of its claims.
    const claims = (by.spec as { volumeClaimTemplates?: { metadata: { name: string } }[] }).volumeClaimTemplates ?? [];
    const volumes = (spec as { volumes?: object[] }).volumes ?? [];
    const claimed = claims.map(({ metadata: { name } }) => ({ name, persistentVolumeClaim: { claimName: name } }));
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, name: by.metadata.name, namespace },
      spec: { ...spec, volumes: [...volumes, ...claimed] },
    };
  });
}

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

  const undo = async ([, objects]: Emitted) => {
    for (const object of objects) await deployer.delete(object);
  };

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
    for (const object of objects) await deployer.delete(object);
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
  it("sees a field that no schema has, in a kind of Kubernetes and in a custom one", async () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a", namespace: "team-shop" } };
    const wrong = { ...service, spec: { ports: [{ port: 80, targetport: 8080 }] } };
    expect(await refusal(admin.apply(wrong, { dryRun: true }))).toContain("targetport");
  });
});
