import { k8s } from "cdk8s-plus-28";
import type { Workload } from "./workload/workload";

/** How many pods a workload has: a number, a range that follows the load, or a single one for a reason. */
export type Replicas =
  | number
  | { readonly min: number; readonly max: number; readonly cpu?: number }
  | { readonly single: true; readonly reason: string };

const DEFAULT = 2;
/** Percent of the processor time that was asked for, above which pods are added. */
const BUSY = 70;

/**
 * The fixed number of pods, or nothing where an autoscaler decides: both would overwrite each other at every deployment.
 *
 * @throws Error for fewer than two without a reason
 */
export function replicas(wanted: Replicas = DEFAULT): { readonly replicas?: number } {
  if (typeof wanted === "number") return { replicas: several("replicas", wanted) };
  if ("single" in wanted) return { replicas: single(wanted.reason) };
  return {};
}

/**
 * Emits the autoscaler of a workload whose number of pods may vary.
 *
 * @throws Error for a range that is none
 */
export function scaling(workload: Workload, kind: "Deployment" | "StatefulSet", wanted: Replicas = DEFAULT): void {
  if (typeof wanted === "number" || "single" in wanted) return;
  const { min, max, cpu = BUSY } = wanted;
  several("replicas.min", min);
  if (!Number.isInteger(max) || max <= min)
    throw new Error(`replicas.max must be above replicas.min (${min}), got ${max}`);
  if (!Number.isInteger(cpu) || cpu < 1 || cpu > 100)
    throw new Error(`replicas.cpu must be 1 to 100 percent, got ${cpu}`);

  new k8s.KubeHorizontalPodAutoscalerV2(workload, "autoscaler", {
    metadata: workload.metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind, name: workload.name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          // The pod's own container: a busy proxy beside it says nothing of the load.
          type: "ContainerResource",
          containerResource: {
            name: "cpu",
            container: workload.name,
            target: { type: "Utilization", averageUtilization: cpu },
          },
        },
      ],
    },
  });
}

/** Emits the budget by which nodes are drained one pod at a time; pods that are broken anyway never hold a drain up (KEP-3017). */
export function disruptionBudget(workload: Workload): void {
  new k8s.KubePodDisruptionBudget(workload, "disruption-budget", {
    metadata: workload.metadata,
    spec: {
      selector: { matchLabels: { ...workload.selector } },
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  });
}

function several(what: string, count: number): number {
  if (Number.isInteger(count) && count >= 2) return count;
  throw new Error(
    `${what} must be a whole number from 2, got ${count}; one pod is an outage at every drain: write { single: true, reason: "…" } if it must be`,
  );
}

function single(reason: string): number {
  if (reason.trim() === "")
    throw new Error("a single pod needs a reason; say why an outage at every drain is acceptable");
  return 1;
}
