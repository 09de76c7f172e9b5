import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { addressIn } from "../block";
import { POD_IDENTITY_AGENT } from "../platform";
import { type Allowance, ALLOWANCES } from "./allowances";
import { SYSTEM_NAMESPACES } from "./namespaces";
import type { SystemNetwork } from "./network";
import { NAMES, SYSTEM_WORKLOADS, type SystemWorkload } from "./workloads";

type Party = Allowance["from"][number] | Allowance["to"];

/** The namespaces whose policies are written here; a gateway's construct writes those of its own. */
const GUARDED = SYSTEM_NAMESPACES.filter(({ policiesBy }) => policiesBy === "System");

/**
 * Emits default deny both ways for every system namespace, and one policy a workload that names both directions: in strict mode a pod that
 * only policies for one direction choose is open in the other (aws/amazon-vpc-cni-k8s#3068).
 */
export function policies(scope: Construct, network: SystemNetwork): void {
  for (const { name: namespace } of GUARDED) {
    new k8s.KubeNetworkPolicy(scope, `default-deny-${namespace}`, {
      metadata: { namespace, name: "default-deny" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  }
  for (const name of NAMES) policy(scope, name, network);
}

function policy(scope: Construct, name: SystemWorkload, network: SystemNetwork): void {
  const { namespace, labels } = SYSTEM_WORKLOADS[name];
  const ingress = ALLOWANCES.filter(({ to }) => to === name).map((allowance) => ({
    from: callers(allowance).flatMap((caller) => peers(caller, network)),
    ports: ports(allowance),
  }));
  const egress = ALLOWANCES.filter(({ from }) => from.includes(name)).map((allowance) => ({
    to: peers(allowance.to, network),
    ports: ports(allowance),
  }));
  new k8s.KubeNetworkPolicy(scope, `allow-${name}`, {
    metadata: { namespace, name: `allow-${name}` },
    spec: {
      podSelector: { matchLabels: { ...labels } },
      policyTypes: ["Ingress", "Egress"],
      // An empty list is one that the API server forgets, and so one that changes whenever it is applied.
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  });
}

/** Who is named where everybody is, is not named again. */
function callers({ from }: Allowance): readonly Party[] {
  return from.includes("every-pod") ? ["every-pod"] : from;
}

function peers(party: Party, network: SystemNetwork): k8s.NetworkPolicyPeer[] {
  return isWorkload(party) ? [podsOf(party)] : others(network)[party];
}

function isWorkload(party: Party): party is SystemWorkload {
  return party in SYSTEM_WORKLOADS;
}

/** Everybody who is no workload of the platform. */
function others(network: SystemNetwork): Readonly<Record<Exclude<Party, SystemWorkload>, k8s.NetworkPolicyPeer[]>> {
  const { vpc, controlPlane, nodes, endpoints, services } = network;
  return {
    "control-plane": blocks(controlPlane),
    // Its service's address and its interfaces' own: engines differ in whether they judge before or after the one becomes the other.
    "api-server": blocks([addressIn("network.services", services, 1), ...controlPlane]),
    kubelets: blocks(nodes),
    aws: blocks(endpoints),
    "pod-identity-agent": blocks([POD_IDENTITY_AGENT.cidr, POD_IDENTITY_AGENT.ipv6]),
    "vpc-resolver": blocks([addressIn("network.vpc", vpc, 2), ...RESOLVER]),
    "every-pod": [{ namespaceSelector: {} }],
    "meshed-pods": [{ namespaceSelector: { matchLabels: { "istio-injection": "enabled" } } }],
  };
}

/** Where Amazon's resolver answers besides the VPC's third address (Amazon VPC User Guide, "Understanding Amazon DNS"). */
const RESOLVER = ["169.254.169.253/32", "fd00:ec2::253/128"];

function podsOf(name: SystemWorkload): k8s.NetworkPolicyPeer {
  const { namespace, labels } = SYSTEM_WORKLOADS[name];
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: { ...labels } },
  };
}

function blocks(cidrs: readonly string[]): k8s.NetworkPolicyPeer[] {
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}

function ports({ port, protocols = ["TCP"] }: Allowance): k8s.NetworkPolicyPort[] {
  return protocols.map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(port) }));
}
