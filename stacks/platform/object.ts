import * as pulumi from "@pulumi/pulumi";

import { type Manifest, nameOf, ordered, resolved, tokenOf } from "./manifest";

export interface ObjectsArgs {
  readonly manifests: readonly Manifest[];
  /** What an object waits for besides its namespace, by the object. */
  readonly after: (manifest: Manifest) => readonly pulumi.Resource[];
  /** Objects whose deletion cannot be undone. @default none */
  readonly isKept?: (manifest: Manifest) => boolean;
}

/**
 * Objects of one subject, each a Pulumi resource of its own type: a preview shows every field of every object, and every control sees
 * it. A remote component (`yaml/v2`, `helm/v4`) would register none of them before the cluster answers.
 */
export class Objects extends pulumi.ComponentResource {
  /** What was registered, by name. */
  readonly resources: ReadonlyMap<string, pulumi.CustomResource>;

  constructor(name: string, { manifests, after, isKept = () => false }: ObjectsArgs, opts: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Objects", name, {}, opts);

    const resources = new Map<string, pulumi.CustomResource>();
    for (const manifest of ordered(manifests).map(resolved)) {
      const own = resources.get(`Namespace/${manifest.metadata.namespace ?? ""}`);
      const dependsOn = [...after(manifest), ...(own === undefined ? [] : [own])];
      resources.set(
        nameOf(manifest),
        new pulumi.CustomResource(tokenOf(manifest), nameOf(manifest), inputs(manifest), {
          parent: this,
          dependsOn,
          protect: isKept(manifest),
        }),
      );
    }
    this.resources = resources;
    this.registerOutputs();
  }
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
