import type { k8s } from "cdk8s-plus-28";

/** How the kubelet learns whether a workload without a port works: by a command of its own, or not at all for a reason. */
export type Alive =
  { readonly command: readonly [string, ...string[]] } | { readonly unknown: true; readonly reason: string };

/**
 * The probes of a workload without a port.
 *
 * @throws Error if it says nothing of its health and not why
 */
export function alive(health: Alive): Partial<k8s.Container> {
  if ("command" in health) {
    const exec = { command: [...health.command] };
    return {
      startupProbe: { exec, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 5 },
      readinessProbe: { exec, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
      livenessProbe: { exec, periodSeconds: 30, failureThreshold: 6, timeoutSeconds: 5 },
    };
  }
  if (health.reason.trim() === "")
    throw new Error("a workload without a health check needs a reason; give a command or say why not");
  return {};
}
