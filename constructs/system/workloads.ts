import { CONTROL_PLANE, DNS } from "../platform";

/** The pods of one workload of the platform: where they run and the labels that the pinned charts and add-ons give them. */
interface SystemPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

function named(namespace: string, name: string): SystemPods {
  return { namespace, labels: { "app.kubernetes.io/name": name } };
}

/**
 * Every workload of the platform with a network of its own. What uses its node's network (aws-node, kube-proxy, eks-pod-identity-agent,
 * eks-node-monitoring-agent) is beyond any NetworkPolicy; the security groups hold it. The gateways are in `constructs/mesh`.
 */
export const SYSTEM_WORKLOADS = {
  coredns: { namespace: DNS.namespace, labels: DNS.labels },
  "metrics-server": named("kube-system", "metrics-server"),
  "ebs-csi-controller": { namespace: "kube-system", labels: { app: "ebs-csi-controller" } },
  "ebs-csi-node": { namespace: "kube-system", labels: { app: "ebs-csi-node" } },
  istiod: { namespace: CONTROL_PLANE.namespace, labels: CONTROL_PLANE.labels },
  "istio-cni-node": { namespace: "istio-cni", labels: { "k8s-app": "istio-cni-node" } },
  "cert-manager": named("cert-manager", "cert-manager"),
  "cert-manager-webhook": named("cert-manager", "webhook"),
  "cert-manager-cainjector": named("cert-manager", "cainjector"),
  "external-secrets": named("external-secrets", "external-secrets"),
  "external-secrets-webhook": named("external-secrets", "external-secrets-webhook"),
  "aws-load-balancer-controller": named("aws-load-balancer-controller", "aws-load-balancer-controller"),
  karpenter: named("karpenter", "karpenter"),
  falco: named("falco", "falco"),
  falcosidekick: named("falcosidekick", "falcosidekick"),
  "kube-bench": named("audit", "kube-bench"),
} as const satisfies Readonly<Record<string, SystemPods>>;

export type SystemWorkload = keyof typeof SYSTEM_WORKLOADS;

/** Their names, in the order in which they are written above. */
export const NAMES = Object.keys(SYSTEM_WORKLOADS) as readonly SystemWorkload[];
