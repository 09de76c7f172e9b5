/** One of the security groups of a network. */
export type Party = "cluster" | "nodes" | "loadBalancer" | "endpoints";

/** One way traffic may take: it becomes an egress rule on one side and an ingress rule on the other. */
export interface Flow {
  readonly from: Party;
  readonly to: Party | "internet";
  readonly protocol: "tcp" | "udp";
  /** A port, or the first and last of a range. */
  readonly port: number | readonly [number, number];
  /** Becomes the rule's description, so only characters that EC2 accepts there. */
  readonly why: string;
}

const anyPort = [0, 65535] as const;

/**
 * Every flow inside the VPC; what is not here does not pass. DNS, DHCP, time and instance metadata of AWS are absent
 * because security groups do not filter them (Amazon VPC User Guide, "Control traffic to your AWS resources using
 * security groups").
 */
const inside: readonly Flow[] = [
  { from: "nodes", to: "cluster", protocol: "tcp", port: 443, why: "nodes and pods call the Kubernetes API" },
  {
    from: "cluster",
    to: "nodes",
    protocol: "tcp",
    port: 10250,
    why: "API server to kubelet (logs, exec) and to the webhooks of cert-manager and external-secrets",
  },
  // The add-on differs from the chart (Amazon EKS User Guide, "View resource usage with the Kubernetes Metrics Server").
  {
    from: "cluster",
    to: "nodes",
    protocol: "tcp",
    port: 10251,
    why: "API server to the metrics API of metrics-server",
  },
  {
    from: "cluster",
    to: "nodes",
    protocol: "tcp",
    port: 9443,
    why: "API server to the webhooks of aws-load-balancer-controller and Kyverno",
  },
  { from: "cluster", to: "nodes", protocol: "tcp", port: 15017, why: "API server to the webhook of istiod" },
  {
    from: "cluster",
    to: "nodes",
    protocol: "tcp",
    port: 8443,
    why: "API server to the webhooks of policy-controller and Gatekeeper",
  },
  // Pods share the group of their node, so what separates them from each other is NetworkPolicy, not this row.
  { from: "nodes", to: "nodes", protocol: "tcp", port: anyPort, why: "pod to pod; network policies narrow it" },
  {
    from: "nodes",
    to: "nodes",
    protocol: "udp",
    port: anyPort,
    why: "pod to pod, DNS of the cluster included; network policies narrow it",
  },
  { from: "loadBalancer", to: "nodes", protocol: "tcp", port: 443, why: "load balancer to the ingress gateway" },
  {
    from: "loadBalancer",
    to: "nodes",
    protocol: "tcp",
    port: 15021,
    why: "health checks of the load balancer on the ingress gateway",
  },
  { from: "nodes", to: "endpoints", protocol: "tcp", port: 443, why: "nodes and pods call AWS inside the VPC" },
];

const outside: Flow = {
  from: "nodes",
  to: "internet",
  protocol: "tcp",
  port: 443,
  why: "nodes and pods call allowed names outside; DNS Firewall and network policies narrow it",
};

/** The flows of a network; the one to the internet exists only where a route leads there. */
export function flows(internet: boolean): readonly Flow[] {
  return internet ? [...inside, outside] : inside;
}
