import facts from "../../facts/addon-versions.json";
import type { ClusterBlueprint } from "../blueprint/schema";

/** An add-on as EKS names it. */
export type AddonName = keyof ClusterBlueprint["addons"]["versions"];

/** The one version of an add-on that this cluster gets: what the blueprint says, else what is pinned for its Kubernetes version. */
export function versionOf(name: AddonName, { cluster, addons }: ClusterBlueprint): string {
  const pinned = new Map(Object.entries(facts.versions)).get(cluster.version);
  const version = addons.versions[name] ?? pinned?.[name].version;
  if (version === undefined)
    throw new Error(
      `no version of ${name} is known for Kubernetes "${cluster.version}"; add the version to facts/addon-versions.json`,
    );
  return version;
}
