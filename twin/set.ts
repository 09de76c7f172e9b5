import { isBag } from "./wire";

/**
 * Lists whose order means nothing to AWS, by their name wherever it occurs: the provider's schema makes sets of them, so
 * writing them in another order is no change. The log types of a cluster were read in the provider's source; the others
 * are general knowledge and not verified one by one. What is not here (instance types, CIDR lists of inline rules) is
 * compared in its order.
 */
const SETS: ReadonlySet<string> = new Set([
  "accountIds",
  "addresses",
  "egress",
  "enabledClusterLogTypes",
  "ingress",
  "kubernetesGroups",
  "logDestinationConfigs",
  "managedPolicyArns",
  "namespaces",
  "nodePools",
  "operations",
  "publicAccessCidrs",
  "records",
  "resourceTypes",
  "routeTableIds",
  "securityGroupIds",
  "securityGroups",
  "securityGroupNames",
  "subjectAlternativeNames",
  "subnetIds",
  "subnetMappings",
  "subnets",
  "taints",
  "vpcSecurityGroupIds",
]);

/** The old value with the elements of its sets in the order of the new one; where nothing matches, a place stays free. */
export function aligned(olds: unknown, news: unknown, name = ""): unknown {
  if (Array.isArray(olds) && Array.isArray(news)) {
    const ordered = SETS.has(name) ? inOrderOf(olds, news) : olds;
    return ordered.map((old: unknown, index) => aligned(old, news[index]));
  }
  if (!isBag(olds) || !isBag(news)) return olds;
  return Object.fromEntries(Object.entries(olds).map(([key, old]) => [key, aligned(old, news[key], key)]));
}

function inOrderOf(olds: readonly unknown[], news: readonly unknown[]): unknown[] {
  const left = [...olds];
  const take = (wanted: string): unknown => {
    const index = left.findIndex((old) => canonical(old) === wanted);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const matched = news.map((value) => take(canonical(value)));
  const filled = matched.map((old) => old ?? left.shift());
  return [...filled, ...left];
}

/** A text that is the same for the same value, in whatever order its keys stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isBag(inner) ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1))) : inner,
  );
}
