import { type Manifest, ofKind } from "../manifest";
import { type Connection, within } from "./network";
import { chooses, type Selector } from "./selector";

interface Peer {
  readonly namespaces?: Selector;
  readonly pods?: { readonly namespaceSelector: Selector; readonly podSelector: Selector };
  readonly networks?: readonly string[];
}

interface Rule {
  readonly action: "Accept" | "Deny" | "Pass";
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly portNumber: { readonly protocol: string; readonly port: number } }[];
}

interface Spec {
  readonly tier: string;
  readonly priority: number;
  readonly subject: Peer;
  readonly egress?: readonly Rule[];
  readonly ingress?: readonly Rule[];
}

/**
 * What the admin tier of AWS's engine says of a connection that leaves a pod (Amazon EKS User Guide, "Limit Pod traffic"): policies by
 * priority, lowest first, rules in their order, and the first that speaks of it decides; `Pass` leaves it to the namespace's own policies.
 *
 * @throws Error for rules on ingress and other tiers, which are not evaluated here
 */
export function adminVerdict(manifests: readonly Manifest[], connection: Connection): Rule["action"] | undefined {
  const { pod } = connection.from;
  if (pod === undefined) return undefined;
  const specs = ofKind(manifests, "ClusterNetworkPolicy").map(({ spec }) => spec as unknown as Spec);
  for (const { tier, ingress } of specs)
    if (tier !== "Admin" || ingress !== undefined) throw new Error("only egress of the admin tier is evaluated here");

  return [...specs]
    .sort((a, b) => a.priority - b.priority)
    .filter(({ subject }) => peers(subject, connection.from))
    .flatMap(({ egress = [] }) => egress)
    .find(({ to = [], ports }) => to.some((peer) => peers(peer, connection.to)) && opens(ports, connection))?.action;
}

function peers({ namespaces, pods, networks }: Peer, { address, pod }: Connection["to"]): boolean {
  if (networks) return networks.some((cidr) => within(cidr, address));
  if (pod === undefined) return false;
  if (namespaces) return chooses(namespaces, pod.namespaceLabels);
  return (
    pods !== undefined && chooses(pods.namespaceSelector, pod.namespaceLabels) && chooses(pods.podSelector, pod.labels)
  );
}

function opens(ports: Rule["ports"], { port, protocol = "TCP" }: Connection): boolean {
  return (
    ports === undefined || ports.some(({ portNumber }) => portNumber.port === port && portNumber.protocol === protocol)
  );
}
