import { GUARDED } from "./policies";
import { NAMES } from "./workloads";

/**
 * What the policies of the platform cover: the platform layer's output without which network policies may not become strict. It names
 * namespaces and workloads, so that whoever switches sees what he relies on; the same code always gives the same text.
 */
export function systemPoliciesComplete(): string {
  const namespaces = GUARDED.map(({ name }) => name).sort();
  return `default deny and allowances in ${namespaces.join(", ")}; workloads ${[...NAMES].sort().join(", ")}`;
}
