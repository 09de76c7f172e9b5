import type { Answer, Client, Manifest } from "../../twin/apiserver";
import { type Manifest as Written, pods } from "../constructs/manifest";
import { namespaces } from "./server";

/** Has every namespace that objects name, as other objects make it or without any label. */
export async function inhabited(client: Client, objects: readonly Manifest[]): Promise<void> {
  const known = await namespaces(client);
  const mentioned = new Set(objects.map(({ metadata }) => metadata.namespace ?? "default"));
  for (const name of [...mentioned].filter((each) => !known.includes(each))) {
    await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
}

/** What is not as it was promised in the answers to objects that are applied twice. */
export async function applied(client: Client, objects: readonly Manifest[]): Promise<string[]> {
  const first = objects.filter(({ kind }) => kind === "Namespace");
  const rest = objects.filter((object) => !first.includes(object));
  const complaints: string[][] = [];
  for (const some of [first, rest]) complaints.push(...(await Promise.all(some.map((each) => twice(client, each)))));
  return complaints.flat();
}

async function twice(client: Client, object: Manifest): Promise<string[]> {
  const name = `${object.kind} ${object.metadata.name}`;
  try {
    const [once, again] = [await client.apply(object), await client.apply(object)];
    // A namespace warns of what it would not allow were it restricted, and an agent and the audit are such.
    const warnings = ["team-watch", "audit"].includes(object.metadata.namespace ?? "") ? [] : once.warnings;
    const changes = version(again) === version(once) ? [] : ["changes when it is applied again"];
    return [...warnings, ...changes].map((complaint) => `${name}: ${complaint}`);
  } catch (error) {
    return [`${name}: ${String(error)}`];
  }
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
export function bare(objects: readonly Manifest[]): Manifest[] {
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
