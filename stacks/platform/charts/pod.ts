/** The runtime's own list of system calls: several charts leave it out, and the restricted standard asks for it. */
export const SECCOMP = { type: "RuntimeDefault" } as const;
export type Seccomp = typeof SECCOMP;

/** Evicted last and scheduled first: without these pods nothing else can be admitted, reached or certified. */
export const CRITICAL = "system-cluster-critical";

/** Room that a pod is promised, and memory at which it ends. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/**
 * What a container asks for. Memory is limited to what it asks for; processor time is not limited, since a webhook that is
 * held back answers too late and the API server then refuses the request.
 */
export function resources(cpu: string, memory: string): Resources {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** One rule of spreading, as Kubernetes writes it. */
export interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: "ScheduleAnyway";
  readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** Replicas apart by zone and by node, as far as there are any: one node lost is never both. */
export function spread(labels?: Readonly<Record<string, string>>): readonly Spread[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    ...(labels && { labelSelector: { matchLabels: labels } }),
  }));
}
