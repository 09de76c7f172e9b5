import { SYSTEM_NAMESPACES } from "./namespaces";
import { SYSTEM_WORKLOADS } from "./workloads";

/** An object as it is written, as far as it is read here. */
interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly spec?: unknown;
}

interface Spec {
  readonly podSelector?: object;
  readonly policyTypes?: readonly string[];
}

interface Policy extends Spec {
  readonly namespace: string | undefined;
}

/**
 * What the policies among some objects cover, read from the very objects: the platform layer's output without which network policies may not become
 * strict. It names namespaces and workloads, so that whoever switches sees what he relies on; the same objects always give the same text.
 *
 * @throws Error that names every system namespace without default deny both ways, and every workload without allowances
 */
export function systemPoliciesComplete(objects: readonly Written[]): string {
  const policies = objects
    .filter(({ apiVersion, kind }) => apiVersion === "networking.k8s.io/v1" && kind === "NetworkPolicy")
    .map(({ metadata, spec }) => ({ namespace: metadata.namespace, ...(spec as Spec) }));

  const open = SYSTEM_NAMESPACES.map(({ name }) => name).filter(
    (namespace) => !policies.some((policy) => policy.namespace === namespace && deniesAll(policy)),
  );
  const mute = Object.entries(SYSTEM_WORKLOADS).flatMap(([name, { namespace, labels }]) =>
    policies.some((policy) => policy.namespace === namespace && chooses(policy, labels)) ? [] : [name],
  );
  if (open.length + mute.length > 0) {
    throw new Error(
      `network policies must not become strict: no default deny in ${names(open)}, no allowances for ${names(mute)}; emit System, Mesh and EgressGateway`,
    );
  }
  return `default deny in ${names(SYSTEM_NAMESPACES.map(({ name }) => name))}; allowances for ${names(Object.keys(SYSTEM_WORKLOADS))}`;
}

/** Every pod of its namespace, in both directions: in strict mode a direction that no policy names is open (aws/amazon-vpc-cni-k8s#3068). */
function deniesAll(policy: Policy): boolean {
  return Object.keys(policy.podSelector ?? {}).length === 0 && bothWays(policy);
}

function chooses(policy: Policy, labels: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(policy.podSelector) === JSON.stringify({ matchLabels: labels }) && bothWays(policy);
}

function bothWays({ policyTypes = [] }: Policy): boolean {
  return policyTypes.includes("Ingress") && policyTypes.includes("Egress");
}

function names(list: readonly string[]): string {
  return list.length === 0 ? "nothing" : [...list].sort().join(", ");
}
