import { block, familyOf } from "../block";

/** The blocks of addresses that the platform's policies name; the cluster layer knows them. Each list has one of the pods' own family. */
export interface SystemNetwork {
  /** The VPC's own block, which says where its resolver answers. */
  readonly vpc: string;
  /** Subnets of the control plane's interfaces, and of nothing else. */
  readonly controlPlane: readonly [string, ...string[]];
  /** Subnets of nodes and pods; the kubelets answer here. */
  readonly nodes: readonly [string, ...string[]];
  /** Subnets in which the interface endpoints of AWS stand. */
  readonly endpoints: readonly [string, ...string[]];
  /** The block of the cluster's services; its first address is the API server's. */
  readonly services: string;
}

/** The family of the pods' addresses. */
export type Family = "ipv4" | "ipv6";

/**
 * Answers the network if its blocks are blocks and speak of the pods' own family.
 *
 * @throws Error that names the list and what to write
 */
export function checked(network: SystemNetwork, family: Family): SystemNetwork {
  const lists: [string, readonly string[]][] = [
    ["network.vpc", [network.vpc]],
    ["network.controlPlane", network.controlPlane],
    ["network.nodes", network.nodes],
    ["network.endpoints", network.endpoints],
    ["network.services", [network.services]],
  ];
  for (const [what, blocks] of lists) {
    for (const each of blocks) block(`a block of ${what}`, each);
    // The VPC is named for its resolver, which always answers on IPv4; endpoints of AWS stand on IPv4 unless they are asked for both.
    if (what === "network.vpc" || what === "network.endpoints") continue;
    if (blocks.some((each) => familyOf(each) === family)) continue;
    throw new Error(
      `${what} must hold a block of the pods' own family ${family}, got "${blocks.join(", ")}"; write the subnets' ${family} blocks`,
    );
  }
  return network;
}
