import { type Control, inventoryControl } from "../control";
import { object, objectsOf } from "../object";

type Rule = Readonly<Record<string, unknown>>;

interface ClusterNetworkPolicy {
  readonly spec?: { readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] };
}

/** The field by which a rule names ports, in each of the two dialects. */
const DIALECTS: Readonly<Record<string, { readonly has: string; readonly not: string }>> = {
  "networking.k8s.aws": { has: "ports", not: "protocols" },
  "policy.networking.k8s.io": { has: "protocols", not: "ports" },
};

/** What a policy above the namespaces' own promises. */
export const clusterPolicy: readonly Control[] = [
  inventoryControl({
    id: "network-cluster-policy-dialect",
    title: "A ClusterNetworkPolicy speaks the dialect of its own API group",
    severity: "high",
    why: "AWS and Kubernetes have one kind each of that name: a field of the other is dropped, and a rule without its ports is a rule for all of them",
    fix: "name ports under `ports` in networking.k8s.aws and under `protocols` in policy.networking.k8s.io",
    refs: {},
    about: "stack",
    *check(_stack, inventory) {
      for (const { name, group, object: made } of objectsOf<ClusterNetworkPolicy>(inventory, Object.keys(DIALECTS), [
        "ClusterNetworkPolicy",
      ])) {
        const { has = "", not = "" } = DIALECTS[group] ?? {};
        for (const rule of [...(made.spec?.ingress ?? []), ...(made.spec?.egress ?? [])])
          if (rule[not] !== undefined)
            yield `ClusterNetworkPolicy ${name} of ${group} says ${not}, and only ${has} is read`;
      }
    },
    good: [policy("networking.k8s.aws/v1alpha1", "ports"), policy("policy.networking.k8s.io/v1alpha2", "protocols")],
    bad: [policy("networking.k8s.aws/v1alpha1", "protocols"), policy("policy.networking.k8s.io/v1alpha2", "ports")],
  }),
];

function policy(apiVersion: string, field: string) {
  const egress = [{ action: "Deny", to: [{ networks: ["169.254.169.254/32"] }], [field]: [{}] }];
  return [object(apiVersion, "ClusterNetworkPolicy", { spec: { tier: "Admin", priority: 10, egress } }, "no-metadata")];
}
