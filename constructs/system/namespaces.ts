import { CONTROL_PLANE, EGRESS_GATEWAY, INGRESS_GATEWAY } from "../platform";

/** A namespace of the cluster itself: which Pod Security Standard holds there, why that one, and who makes it. */
export interface SystemNamespace {
  readonly name: string;
  readonly level: "restricted" | "baseline" | "privileged";
  /** What would not run at a stricter level; at the strictest, what the namespace is for. */
  readonly why: string;
  /** Whether the mesh's proxy stands beside every pod. */
  readonly mesh: boolean;
  /** Kubernetes makes some by itself: those are given policies and left as they are. */
  readonly madeBy: "platform" | "kubernetes";
  /** Who writes default deny and the allowances: a gateway's construct writes what depends on approved requirements. */
  readonly policiesBy: "System" | "Mesh" | "EgressGateway";
  /** Whether a quota keeps every pod out: nothing ever runs here. */
  readonly empty: boolean;
}

const OURS = { level: "restricted", mesh: false, madeBy: "platform", policiesBy: "System", empty: false } as const;
const UNUSED = { ...OURS, madeBy: "kubernetes", empty: true } as const;

/**
 * Every namespace that is nobody's tenant. One namespace has one level, so what needs more than *restricted* stands apart from what does not
 * (levels as a real API server judged the pinned charts' pods).
 */
export const SYSTEM_NAMESPACES: readonly SystemNamespace[] = [
  {
    ...OURS,
    name: "kube-system",
    level: "privileged",
    why: "the add-ons of EKS that make a node one of the cluster's use its network, its disks and its kernel",
    madeBy: "kubernetes",
  },
  { ...UNUSED, name: "kube-node-lease", why: "holds the nodes' leases and no pod" },
  { ...UNUSED, name: "kube-public", why: "holds what everybody may read and no pod" },
  // Not by quota: `kubectl debug node/…`, which break-glass may need, makes its pod here.
  {
    ...UNUSED,
    name: "default",
    why: "holds the API server's own service; a workload has a tenant, and a pod here reaches nothing",
    empty: false,
  },
  { ...OURS, name: CONTROL_PLANE.namespace, why: "the mesh's control plane" },
  {
    ...OURS,
    name: "istio-cni",
    level: "privileged",
    why: "it writes the node's network configuration as root: five folders of the host, NET_ADMIN, SYS_ADMIN, SELinux spc_t",
  },
  { ...OURS, name: INGRESS_GATEWAY.namespace, why: "the one way in", mesh: true, policiesBy: "Mesh" },
  { ...OURS, name: EGRESS_GATEWAY.namespace, why: "the one way out", mesh: true, policiesBy: "EgressGateway" },
  { ...OURS, name: "cert-manager", why: "signs certificates for servers inside the cluster" },
  { ...OURS, name: "external-secrets", why: "brings secrets from AWS Secrets Manager" },
  { ...OURS, name: "aws-load-balancer-controller", why: "registers the ingress gateway's pods at the load balancer" },
  { ...OURS, name: "karpenter", why: "starts and stops nodes" },
  {
    ...OURS,
    name: "falco",
    level: "privileged",
    why: "it watches every system call of its node: folders of the host, BPF, PERFMON, SYS_PTRACE, root",
  },
  {
    ...OURS,
    name: "falcosidekick",
    why: "carries Falco's alerts away; apart from Falco, whose level it does not need",
  },
  {
    ...OURS,
    name: "audit",
    level: "privileged",
    why: "the CIS benchmark reads the kubelet's files and processes: folders of the host, hostPID, root",
  },
];
