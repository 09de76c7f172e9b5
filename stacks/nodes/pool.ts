import type { Pool } from "../blueprint/options/nodes";
import type { ClusterBlueprint } from "../blueprint/schema";
import { architecture } from "./instance-type";

/** How many nodes there are while nothing is said: three zones in production, two elsewhere. */
const LEAST = { production: 3, staging: 2, development: 2 } as const;

/** The size of a pool: what the blueprint says, and else so many that the loss of a zone is not the loss of the pool. */
export function scaling(pool: Pool, environment: ClusterBlueprint["environment"]) {
  const minSize = pool.min ?? Math.min(LEAST[environment], pool.max ?? Infinity, pool.desired ?? Infinity);
  const desiredSize = pool.desired ?? minSize;
  return { minSize, desiredSize, maxSize: pool.max ?? Math.max(2 * minSize, desiredSize, 1) };
}

/**
 * The image family of a pool, by EKS's name. EKS looks the image up itself, so no image id can be mistyped or forged; one
 * that is named all the same is CUSTOM, and was looked up by us.
 *
 * @control nodes-image-supported
 */
export function amiType({ os, instanceTypes, image }: Pick<Pool, "os" | "instanceTypes" | "image">): string {
  const arm = architecture(instanceTypes[0] ?? "") === "arm64";
  switch (image.from === "eks" ? os : "ubuntu") {
    case "bottlerocket":
      return arm ? "BOTTLEROCKET_ARM_64" : "BOTTLEROCKET_x86_64";
    case "al2023":
      return arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
    case "ubuntu":
      return "CUSTOM";
  }
}

/**
 * Kubernetes labels of a pool's nodes, by which pods find the kernel that their profile needs. A prefix that kubelets may not write by themselves
 * (`node-restriction.kubernetes.io/`) would be better, and cannot be had: EKS hands labels to the kubelet and refuses that prefix.
 *
 * @control nodes-image-family
 */
export function labels(called: string, pool: Pick<Pool, "labels" | "os">): Record<string, string> {
  return { ...pool.labels, "bulwark/pool": called, "bulwark/image-family": pool.os };
}

const EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** A taint as EKS wants it, from kubectl's `name=value:effect`. */
export function taint(written: string) {
  const { key = "", value = "", effect = "" } = parts(written);
  return { key, ...(value !== "" && { value }), effect: EFFECTS[effect as keyof typeof EFFECTS] };
}

function parts(written: string): Partial<Record<"key" | "value" | "effect", string>> {
  return /^(?<key>[^=:]+)(=(?<value>[^:]*))?:(?<effect>\w+)$/.exec(written)?.groups ?? {};
}
