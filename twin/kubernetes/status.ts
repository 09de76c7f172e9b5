import type { Properties } from "../behaviour";
import { hex } from "../id";
import { valuesAt } from "../path";
import type { Kind } from "./kind";

/** Minutes until the provider sees an object of this kind ready; what is not here is ready at once (not measured). */
const MINUTES: Readonly<Record<string, number>> = {
  "apps/Deployment": 1,
  "apps/StatefulSet": 2,
  "apps/DaemonSet": 1,
  "batch/Job": 1,
  "/Pod": 0.5,
};

/** How long an object of this kind takes to be ready, in minutes; the annotation `pulumi.com/skipAwait` waits for nothing. */
export function minutesOf({ group, kind }: Kind, annotations: Readonly<Record<string, string>> = {}): number {
  return annotations["pulumi.com/skipAwait"] === "true" ? 0 : (MINUTES[`${group}/${kind}`] ?? 0);
}

/** What the cluster adds to an object once it is ready: its status, and the address of a Service. */
export function settled({ group, kind }: Kind, object: Properties, generation: number): Properties {
  const desired = (valuesAt(object, "spec.replicas")[0] as number | undefined) ?? 1;
  const replicas = { replicas: desired, readyReplicas: desired, availableReplicas: desired, updatedReplicas: desired };
  const condition = (type: string) => ({ conditions: [{ type, status: "True" }] });
  switch (`${group}/${kind}`) {
    case "/Namespace":
      return { status: { phase: "Active" } };
    case "/Pod":
      return { status: { phase: "Running", ...condition("Ready") } };
    case "/Service":
      return {
        spec: { ...(object["spec"] as Properties | undefined), ...address(object) },
        status: { loadBalancer: {} },
      };
    case "apps/Deployment":
      return { status: { observedGeneration: generation, ...replicas, ...condition("Available") } };
    case "apps/StatefulSet":
      return { status: { observedGeneration: generation, ...replicas } };
    case "apps/DaemonSet":
      return { status: { observedGeneration: generation, desiredNumberScheduled: 1, numberReady: 1 } };
    case "batch/Job":
      return { status: { succeeded: 1, ...condition("Complete") } };
    case "apiextensions.k8s.io/CustomResourceDefinition":
      return { status: condition("Established") };
    default:
      return {};
  }
}

/** A cluster address out of EKS's default service range, always the same for the same Service. */
function address(object: Properties): Properties {
  const [given] = valuesAt(object, "spec.clusterIP");
  const [type] = valuesAt(object, "spec.type");
  if (given !== undefined || type === "ExternalName") return {};
  const [high, low] = [hex(2, JSON.stringify(object["metadata"])), hex(2, `${JSON.stringify(object["metadata"])}|`)];
  const clusterIP = `172.20.${parseInt(high, 16)}.${parseInt(low, 16)}`;
  return { clusterIP, clusterIPs: [clusterIP] };
}
