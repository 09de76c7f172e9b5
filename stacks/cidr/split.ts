import type { Block } from "./block";
import { block, blockAt, canonical } from "./block";

/**
 * What a subnet is for: load balancers (and NAT where no firewall stands before it), nodes and pods, control-plane
 * interfaces, a firewall's endpoints, or the NAT gateways behind a firewall.
 */
export type Tier = "public" | "private" | "intra" | "firewall" | "nat";

/** Zones that a network has room for; three are used, the fourth lets one be added without moving another. */
export const SLOTS = 4;

/**
 * The layout of a VPC's block. Three quarters are the private subnets of the first three zones, since every pod has an
 * address there. The last quarter holds a private subnet half that size for a fourth zone, and the small tiers:
 *
 *     /16   private 0–2: /18   private 3: /19   public: /22   intra: /23   firewall, nat: /24
 *     /20   private 0–2: /22   private 3: /23   public: /26   intra: /27   firewall, nat: /28 (EC2's smallest)
 *
 * A zone's blocks follow from its slot alone, so adding a zone moves no other.
 */
export function subnet(vpc: string, tier: Tier, slot: number): string {
  return canonical(cut(vpcBlock(vpc), tier, slotOf(slot)));
}

/** The upper half of a subnet: kept for the prefixes of pods, so that single addresses cannot fragment it. */
export function upperHalf(of: string): string {
  const whole = block(of);

  return canonical(part(whole, whole.prefix + 1, 1));
}

/** The /64 of a subnet out of a VPC's IPv6 block, with the same stability as {@link subnet}. */
export function subnet6(vpc: string, tier: Tier, slot: number): string {
  const whole = block(vpc);
  if (whole.family !== 6 || whole.prefix > 57)
    throw new Error(`the VPC's IPv6 block must be /57 or larger to hold a /64 a subnet, got "${vpc}"`);

  return canonical(part(whole, 64, TIERS.indexOf(tier) * 16 + slotOf(slot)));
}

// The order is part of every address: append, never insert.
const TIERS: readonly Tier[] = ["public", "private", "intra", "firewall", "nat"];

function cut(vpc: Block, tier: Tier, slot: number): Block {
  const rest = part(vpc, vpc.prefix + 2, 3);
  const small = part(rest, vpc.prefix + 3, 1);

  switch (tier) {
    case "private":
      return slot < 3 ? part(vpc, vpc.prefix + 2, slot) : part(rest, vpc.prefix + 3, 0);
    case "public":
      return part(part(small, vpc.prefix + 4, 0), vpc.prefix + 6, slot);
    case "intra":
      return part(part(small, vpc.prefix + 5, 2), vpc.prefix + 7, slot);
    case "firewall":
      return part(part(small, vpc.prefix + 6, 6), vpc.prefix + 8, slot);
    case "nat":
      return part(part(small, vpc.prefix + 6, 7), vpc.prefix + 8, slot);
  }
}

/** The part with this index when a block is cut into equal parts of that prefix length. */
function part(whole: Block, prefix: number, index: number): Block {
  const size = 1n << BigInt((whole.family === 4 ? 32 : 128) - prefix);

  return blockAt(whole.family, whole.first + BigInt(index) * size, prefix);
}

function vpcBlock(text: string): Block {
  const vpc = block(text);
  if (vpc.family !== 4 || vpc.prefix < 16 || vpc.prefix > 20)
    throw new Error(
      `a VPC's block must be IPv4 and between /16 and /20 to hold the subnets of a cluster, got "${text}"`,
    );
  return vpc;
}

function slotOf(slot: number): number {
  if (!Number.isInteger(slot) || slot < 0 || slot >= SLOTS)
    throw new Error(`a network has slots 0 to ${SLOTS - 1} for its zones, got ${slot}`);
  return slot;
}
