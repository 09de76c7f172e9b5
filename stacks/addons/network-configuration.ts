import type { ClusterBlueprint } from "../blueprint/schema";

/**
 * What the VPC CNI is told beyond its defaults: AWS leaves the network-policy engine off, and hands out addresses one
 * by one, which fills a node long before its memory is full. The add-on takes text, not booleans. Whether pods get
 * IPv6 it learns from the cluster, so nothing is said about it here.
 *
 * @control addons-network-policy
 */
export function networkConfiguration({ addons }: Pick<ClusterBlueprint, "addons">): object {
  return {
    enableNetworkPolicy: "true",
    env: { ENABLE_PREFIX_DELEGATION: "true", NETWORK_POLICY_ENFORCING_MODE: addons.networkPolicy },
  };
}
