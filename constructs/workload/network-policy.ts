import { k8s } from "cdk8s-plus-28";
import type { Callee } from "../flow";
import type { PeerName } from "../name";
import { EGRESS_GATEWAY, INGRESS_GATEWAY } from "../platform";

/** Somebody who may come in, and on whose word. */
export interface Opening {
  /** The workload that comes in, by its identity in the mesh. */
  readonly from: PeerName;
  readonly port: number;
  /** `call`: the caller said so; `accept`: the callee said so; `host`: the gateway, for a public name. */
  readonly declared: "call" | "accept" | "host";
}

/** The namespace's own name, which the API server writes and nobody can forge (KEP-2161). */
const NAMESPACE = "kubernetes.io/metadata.name";

/** Rules for who may come in. */
export function ingress(openings: readonly Opening[]): k8s.NetworkPolicyIngressRule[] {
  return openings.map(({ from, port }) => ({ from: [peerOf(from)], ports: [tcp(port)] }));
}

/**
 * Rules for what may go out. Names and the mesh's control plane are the tenant's to open; here stands only what this workload
 * declared.
 */
export function egress(callees: readonly Callee[], reaches: boolean): k8s.NetworkPolicyEgressRule[] {
  const { namespace, labels, port } = EGRESS_GATEWAY;
  const called = callees.map((callee) => ({ to: [peerOf(callee)], ports: [tcp(callee.port)] }));
  const outside = reaches ? [{ to: [pods(namespace, labels)], ports: [tcp(port)] }] : [];
  return [...called, ...outside];
}

function peerOf({ tenant, name }: PeerName): k8s.NetworkPolicyPeer {
  return tenant === INGRESS_GATEWAY.namespace
    ? pods(tenant, INGRESS_GATEWAY.labels)
    : pods(tenant, { "app.kubernetes.io/name": name });
}

function pods(namespace: string, labels: Readonly<Record<string, string>>): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: "TCP", port: k8s.IntOrString.fromNumber(port) };
}
