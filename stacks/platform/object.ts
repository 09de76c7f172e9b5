import * as pulumi from "@pulumi/pulumi";

import { groupOf, isBefore, type Manifest, nameOf, ordered, resolved, tokenOf } from "./manifest";

export interface ObjectsArgs {
  readonly manifests: readonly Manifest[];
  /** What every one of them waits for. */
  readonly dependsOn: readonly pulumi.Resource[];
  /** Objects whose deletion cannot be undone. @default none */
  readonly isKept?: (manifest: Manifest) => boolean;
}

/**
 * Objects of one subject, each a Pulumi resource of its own type: a preview shows every field of every object, and every control sees
 * it. A remote component (`yaml/v2`, `helm/v4`) would register none of them before the cluster answers.
 */
export class Objects extends pulumi.ComponentResource {
  constructor(
    name: string,
    { manifests, dependsOn, isKept = () => false }: ObjectsArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("bulwark:index:Objects", name, {}, opts);

    const made: (readonly [Manifest, pulumi.Resource])[] = [];
    for (const manifest of ordered(manifests).map(resolved).map(awaited)) {
      const before = made.filter(([other]) => isBefore(other, manifest)).map(([, resource]) => resource);
      const opts = { parent: this, dependsOn: [...dependsOn, ...before], protect: isKept(manifest) };
      made.push([manifest, new KubernetesObject(manifest, opts)]);
    }
    this.registerOutputs();
  }
}

/** One object as the resource of its own type. */
class KubernetesObject extends pulumi.CustomResource {
  constructor(manifest: Manifest, opts: pulumi.CustomResourceOptions) {
    super(tokenOf(manifest), nameOf(manifest), inputs(manifest), opts);
  }
}

/** API groups whose objects say themselves when they are ready; what comes after needs what they make. */
const READY = ["cert-manager.io"];

/** An object with the word by which Pulumi waits for it (Pulumi, "Await annotations"); without it a custom resource counts as made at once. */
function awaited(manifest: Manifest): Manifest {
  if (!READY.includes(groupOf(manifest))) return manifest;
  const annotations = { ...manifest.metadata.annotations, "pulumi.com/waitFor": "condition=Ready" };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** A Secret's content is a secret in the state as well, whoever wrote it. */
function inputs(manifest: Manifest): pulumi.Inputs {
  if (manifest.kind !== "Secret") return { ...manifest };
  const { data, stringData, ...rest } = manifest;
  return {
    ...rest,
    ...(data !== undefined && { data: pulumi.secret(data) }),
    ...(stringData !== undefined && { stringData: pulumi.secret(stringData) }),
  };
}
