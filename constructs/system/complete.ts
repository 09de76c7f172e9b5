import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { SYSTEM_NAMESPACES } from "./namespaces";
import { SYSTEM_WORKLOADS } from "./workloads";

/** A NetworkPolicy as it will be written, patches included. */
interface Written {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly podSelector?: object; readonly policyTypes?: readonly string[] };
}

/**
 * What the policies below a construct cover, read from the very objects: the platform layer's output without which network policies may not become
 * strict. It names namespaces and workloads, so that whoever switches sees what he relies on; the same objects always give the same text.
 *
 * @throws Error that names every system namespace without default deny both ways, and every workload without allowances
 */
export function systemPoliciesComplete(scope: IConstruct): string {
  const policies = scope.node
    .findAll()
    .filter((node) => node instanceof ApiObject)
    .filter(({ kind, apiGroup }) => kind === "NetworkPolicy" && apiGroup === "networking.k8s.io")
    .map((object) => object.toJson() as Written);

  const open = SYSTEM_NAMESPACES.map(({ name }) => name).filter(
    (namespace) => !policies.some((policy) => policy.metadata.namespace === namespace && deniesAll(policy)),
  );
  const mute = Object.entries(SYSTEM_WORKLOADS).flatMap(([name, { namespace, labels }]) =>
    policies.some((policy) => policy.metadata.namespace === namespace && chooses(policy, labels)) ? [] : [name],
  );
  if (open.length + mute.length > 0) {
    throw new Error(
      `network policies must not become strict: ${[...open, ...mute].join(", ")} would be cut off; emit System, Mesh and EgressGateway below one construct`,
    );
  }
  const names = (list: readonly string[]) => [...list].sort().join(", ");
  return `default deny in ${names(SYSTEM_NAMESPACES.map(({ name }) => name))}; allowances for ${names(Object.keys(SYSTEM_WORKLOADS))}`;
}

/** Every pod of its namespace, in both directions: in strict mode a direction that no policy names is open (aws/amazon-vpc-cni-k8s#3068). */
function deniesAll({ spec = {} }: Written): boolean {
  return Object.keys(spec.podSelector ?? {}).length === 0 && bothWays(spec.policyTypes);
}

function chooses({ spec = {} }: Written, labels: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(spec.podSelector) === JSON.stringify({ matchLabels: labels }) && bothWays(spec.policyTypes);
}

function bothWays(types: readonly string[] = []): boolean {
  return types.includes("Ingress") && types.includes("Egress");
}
