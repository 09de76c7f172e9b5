import { BlockList } from "node:net";
import type { Manifest } from "../manifest";
import { chooses, type Selector } from "./selector";

/** One end of a connection: a pod, or an address outside of the cluster's pods. */
export interface End {
  readonly address: string;
  readonly pod?: {
    readonly namespace: string;
    readonly namespaceLabels: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
    /** Names of the pod's ports, which policies may use instead of numbers. */
    readonly ports?: Readonly<Record<string, number>>;
  };
}

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Port {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface Rule {
  readonly from?: readonly Peer[] | null;
  readonly to?: readonly Peer[] | null;
  readonly ports?: readonly Port[] | null;
}

interface Spec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/**
 * Whether network policies let a connection through: out of its source and into its destination (Kubernetes, "Network Policies"). The
 * kubelet's own way into the pods of its node, which no policy closes, is no connection here.
 */
export function connects(policies: readonly Manifest[], connection: Connection): boolean {
  return side(policies, "Egress", connection) && side(policies, "Ingress", connection);
}

function side(policies: readonly Manifest[], direction: "Ingress" | "Egress", connection: Connection): boolean {
  const [subject, other] = direction === "Egress" ? [connection.from, connection.to] : [connection.to, connection.from];
  const { pod } = subject;
  if (pod === undefined) return true;

  const holding = policies
    .filter(({ kind, metadata }) => kind === "NetworkPolicy" && (metadata.namespace ?? "default") === pod.namespace)
    .map(({ spec }) => (spec ?? {}) as Spec)
    .filter((spec) => typesOf(spec).includes(direction) && chooses(spec.podSelector ?? {}, pod.labels));
  if (holding.length === 0) return true;
  return holding
    .flatMap(({ ingress = [], egress = [] }) => (direction === "Egress" ? egress : ingress))
    .some((rule) => admits(rule, direction, pod.namespace, other, connection));
}

/** What the API server fills in: always ingress, and egress where there is a rule for it. */
function typesOf({ policyTypes, egress = [] }: Spec): readonly string[] {
  if (policyTypes !== undefined && policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

function admits(rule: Rule, direction: string, namespace: string, other: End, connection: Connection): boolean {
  const peers = (direction === "Egress" ? rule.to : rule.from) ?? [];
  const ports = rule.ports ?? [];
  return (
    (peers.length === 0 || peers.some((peer) => matches(peer, namespace, other))) &&
    (ports.length === 0 || ports.some((port) => opens(port, connection)))
  );
}

function matches({ ipBlock, podSelector, namespaceSelector }: Peer, namespace: string, { address, pod }: End): boolean {
  // Blocks are held against pods' addresses too: whether an implementation does so is left open, so what is open there counts.
  if (ipBlock) return within(ipBlock.cidr, address) && !(ipBlock.except ?? []).some((cidr) => within(cidr, address));
  if (pod === undefined) return false;
  const place = namespaceSelector ? chooses(namespaceSelector, pod.namespaceLabels) : pod.namespace === namespace;
  return place && chooses(podSelector ?? {}, pod.labels);
}

function opens({ port, endPort, protocol = "TCP" }: Port, connection: Connection): boolean {
  if (protocol !== (connection.protocol ?? "TCP")) return false;
  if (port === undefined) return true;
  const first = typeof port === "number" ? port : connection.to.pod?.ports?.[port];
  return first !== undefined && connection.port >= first && connection.port <= (endPort ?? first);
}

/** Whether an address lies in a block. */
export function within(cidr: string, address: string): boolean {
  const [net = "", bits = ""] = cidr.split("/");
  const family = (text: string) => (text.includes(":") ? "ipv6" : "ipv4");
  if (family(net) !== family(address)) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), family(net));
  return list.check(address, family(address));
}
