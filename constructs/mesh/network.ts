import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { CONTROL_PLANE, DNS } from "../platform";

/** The namespace's own name, which the API server writes and nobody can forge (KEP-2161). */
const NAMESPACE = "kubernetes.io/metadata.name";

/** A gateway's namespace and the pods in it. */
export interface GatewayPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Emits default deny both ways in a gateway's namespace, and names and the control plane for the gateway's pods. */
export function gatewayBoundary(scope: Construct, gateway: GatewayPods): void {
  new k8s.KubeNetworkPolicy(scope, "default-deny", {
    metadata: { namespace: gateway.namespace, name: "default-deny" },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  allowOut(scope, gateway, "allow-dns", [
    { to: [pods(DNS.namespace, DNS.labels)], ports: [tcp(DNS.port), { ...tcp(DNS.port), protocol: "UDP" }] },
  ]);
  allowOut(scope, gateway, "allow-mesh", [
    { to: [pods(CONTROL_PLANE.namespace, CONTROL_PLANE.labels)], ports: [tcp(CONTROL_PLANE.port)] },
  ]);
}

/** Emits who may come in to a gateway's pods. Without a rule nobody may. */
export function allowIn(
  scope: Construct,
  { namespace, labels }: GatewayPods,
  name: string,
  ingress: k8s.NetworkPolicyIngressRule[],
): void {
  new k8s.KubeNetworkPolicy(scope, name, {
    metadata: { namespace, name },
    spec: { podSelector: { matchLabels: { ...labels } }, policyTypes: ["Ingress"], ingress },
  });
}

/** Emits where a gateway's pods may go. Without a rule they may go nowhere. */
export function allowOut(
  scope: Construct,
  { namespace, labels }: GatewayPods,
  name: string,
  egress: k8s.NetworkPolicyEgressRule[],
): void {
  new k8s.KubeNetworkPolicy(scope, name, {
    metadata: { namespace, name },
    spec: { podSelector: { matchLabels: { ...labels } }, policyTypes: ["Egress"], egress },
  });
}

/** Pods of one namespace, by its name and their labels together. */
export function pods(namespace: string, labels: Readonly<Record<string, string>>): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

/** One TCP port, or a range of them. */
export function tcp(port: number, endPort?: number): k8s.NetworkPolicyPort {
  return { protocol: "TCP", port: k8s.IntOrString.fromNumber(port), ...(endPort !== undefined && { endPort }) };
}
