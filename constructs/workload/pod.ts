import type { k8s } from "cdk8s-plus-28";
import { nodes } from "../profile/confinement";
import { type ContainerArgs, container, userOf, volumes } from "./container";

/** What a pod template is made from. */
export interface PodArgs {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly container: ContainerArgs;
  /** Names the Kubernetes Secret that holds a secret of the tenant. */
  readonly secretOf: (secret: string) => string;
  /** Ports, probes and further mounts of the container. */
  readonly rest?: Partial<k8s.Container>;
  /** What only one kind of workload says, such as a Job's restart policy. */
  readonly spec?: Partial<k8s.PodSpec>;
}

/**
 * Renders a pod template that passes the *restricted* Pod Security Standard: an account of its own without a token to the
 * Kubernetes API, no name of another service in its environment, and a group of its own on every volume.
 */
export function podTemplate({
  name,
  labels,
  container: args,
  secretOf,
  rest = {},
  spec = {},
}: PodArgs): k8s.PodTemplateSpec {
  const mounts = [...(container(name, args).volumeMounts ?? []), ...(rest.volumeMounts ?? [])];
  return {
    metadata: { labels: { ...labels } },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        fsGroup: userOf(args),
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [container(name, args, { ...rest, volumeMounts: mounts })],
      volumes: volumes(args, secretOf),
      ...nodes(args.profile),
      ...spec,
    },
  };
}

/**
 * Spreads pods over zones and nodes as well as it goes: a zone that is down must not keep the rest from starting.
 *
 * @param revision the label by which the controller tells one revision's pods from another's, so that a rollout counts only its own
 */
export function spread(
  labels: Readonly<Record<string, string>>,
  revision: "pod-template-hash" | "controller-revision-hash",
): k8s.TopologySpreadConstraint[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { ...labels } },
    matchLabelKeys: [revision],
  }));
}
