import { CONTROL_PLANE, DNS, POD_IDENTITY_AGENT } from "../platform";
import type { SystemWorkload } from "./workloads";

/** Who may begin a connection: a workload of the platform, or somebody who is none. */
type Caller = SystemWorkload | "control-plane" | "every-pod" | "meshed-pods";

/** To whom. */
type Callee = SystemWorkload | "api-server" | "vpc-resolver" | "pod-identity-agent" | "aws" | "kubelets";

/** One way that traffic of the platform may take. It becomes an egress rule of its caller and an ingress rule of its callee. */
export interface Allowance {
  readonly from: readonly Caller[];
  readonly to: Callee;
  readonly port: number;
  /** @default TCP alone */
  readonly protocols?: readonly ("TCP" | "UDP")[];
  readonly why: string;
  /** The services of AWS that are called; each has an interface endpoint, as no policy can name a public address. */
  readonly services?: readonly string[];
}

const HTTPS = 443;
const KUBELET = 10_250;

/**
 * Everything that the platform's pods may do in the network; what is not here does not pass. Probes are absent because the CNI lets a
 * pod's own node in whatever a policy says (AWS, "Limit Pod traffic with Kubernetes network policies"), and so is Prometheus: nothing here scrapes.
 */
export const ALLOWANCES: readonly Allowance[] = [
  { from: ["control-plane"], to: "istiod", port: 15_017, why: "webhooks of the mesh: injection and validation" },
  {
    from: ["control-plane"],
    to: "aws-load-balancer-controller",
    port: 9443,
    why: "webhooks of the load balancer controller",
  },
  { from: ["control-plane"], to: "cert-manager-webhook", port: 10_250, why: "webhooks of cert-manager" },
  { from: ["control-plane"], to: "external-secrets-webhook", port: 10_250, why: "webhooks of external-secrets" },
  // The add-on differs from the chart, which takes the kubelet's port (AWS, "View resource usage with the Kubernetes Metrics Server").
  {
    from: ["control-plane"],
    to: "metrics-server",
    port: 10_251,
    why: "the metrics API, which the API server hands on",
  },

  {
    from: [
      "coredns",
      "metrics-server",
      "ebs-csi-controller",
      "ebs-csi-node",
      "istiod",
      "istio-cni-node",
      "cert-manager",
      "cert-manager-webhook",
      "cert-manager-cainjector",
      "external-secrets",
      "aws-load-balancer-controller",
      "karpenter",
      "kube-bench",
    ],
    to: "api-server",
    port: HTTPS,
    why: "controllers read and write the cluster's objects",
  },
  {
    from: [
      "every-pod",
      "metrics-server",
      "ebs-csi-controller",
      "ebs-csi-node",
      "istiod",
      "istio-cni-node",
      "cert-manager",
      "cert-manager-webhook",
      "cert-manager-cainjector",
      "external-secrets",
      "aws-load-balancer-controller",
      "karpenter",
      "falco",
      "falcosidekick",
      "kube-bench",
    ],
    to: "coredns",
    port: DNS.port,
    protocols: ["UDP", "TCP"],
    why: "names; an answer over 512 bytes comes by TCP",
  },
  {
    from: ["coredns"],
    to: "vpc-resolver",
    port: DNS.port,
    protocols: ["UDP", "TCP"],
    why: "names outside the cluster, of which DNS Firewall lets the allowed ones resolve",
  },

  {
    from: ["ebs-csi-controller", "external-secrets", "aws-load-balancer-controller", "karpenter", "falcosidekick"],
    to: "pod-identity-agent",
    port: POD_IDENTITY_AGENT.port,
    why: "controllers ask their node for their role",
  },
  {
    from: ["ebs-csi-controller"],
    to: "aws",
    port: HTTPS,
    services: ["ec2"],
    why: "volumes are made and attached",
  },
  {
    from: ["external-secrets"],
    to: "aws",
    port: HTTPS,
    services: ["secretsmanager", "sts"],
    why: "secrets are fetched with the tenant's own role",
  },
  {
    from: ["aws-load-balancer-controller"],
    to: "aws",
    port: HTTPS,
    services: ["elasticloadbalancing", "ec2"],
    why: "targets are registered",
  },
  {
    from: ["karpenter"],
    to: "aws",
    port: HTTPS,
    services: ["ec2", "eks", "sqs", "ssm"],
    why: "instances are started and stopped",
  },
  { from: ["falcosidekick"], to: "aws", port: HTTPS, services: ["logs"], why: "alerts are written to CloudWatch" },

  { from: ["metrics-server"], to: "kubelets", port: KUBELET, why: "the nodes' metrics" },
  {
    from: ["meshed-pods"],
    to: "istiod",
    port: CONTROL_PLANE.port,
    why: "proxies fetch certificates and configuration",
  },
  { from: ["falco"], to: "falcosidekick", port: 2801, why: "alerts" },
];

/** A port on which a pod of the platform answers the control plane; a forgotten one freezes the API (its webhooks fail closed). */
export interface ControlPlanePort {
  readonly workload: SystemWorkload;
  readonly port: number;
  readonly why: string;
}

/** Every webhook and every API that the control plane calls in a pod, read from the allowances. */
export const CONTROL_PLANE_PORTS: readonly ControlPlanePort[] = ALLOWANCES.filter(({ from }) =>
  from.includes("control-plane"),
).map(({ to, port, why }) => ({ workload: to as SystemWorkload, port, why }));
