import * as aws from "@pulumi/aws";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Tier } from "../cidr/split";
import { subnet, subnet6, upperHalf } from "../cidr/split";
import { discoveredByKarpenter } from "../karpenter/name";
import type { CreatedNetwork, Site } from "./site";
import { named } from "./site";

/** The subnets of one zone. */
export interface Zone {
  readonly zone: string;
  /** Absent in a network without NAT. */
  readonly public: aws.ec2.Subnet | undefined;
  readonly private: aws.ec2.Subnet;
  readonly intra: aws.ec2.Subnet;
  /** Absent without a firewall. */
  readonly firewall: aws.ec2.Subnet | undefined;
  /** Absent without a firewall, and where another zone's NAT gateway serves. */
  readonly nat: aws.ec2.Subnet | undefined;
}

/**
 * Makes one subnet a tier and zone. A zone's place in the blueprint decides its addresses, so a new zone goes to the end
 * of the list. Without NAT there is no public tier: nothing in such a network can be reached from, or reach, the internet.
 * @control network-private-subnets
 */
export function subnets(site: Site, network: CreatedNetwork, vpc: aws.ec2.Vpc): readonly Zone[] {
  return network.zones.map((zone, slot) => {
    const tier = (of: Tier) => one(site, network, vpc, { tier: of, zone, slot });
    const outwards = outwardTiers(network, slot);
    const outward = (of: OutwardTier) => (outwards.includes(of) ? tier(of) : undefined);
    const made = {
      zone,
      public: outward("public"),
      private: tier("private"),
      intra: tier("intra"),
      firewall: outward("firewall"),
      nat: outward("nat"),
    };

    if (network.pods === "ipv4") reservePrefixes(site, network, made, slot);
    return made;
  });
}

type OutwardTier = Exclude<Tier, "private" | "intra">;

// A firewall sees both halves of a conversation only if NAT has subnets, and so route tables, of its own.
function outwardTiers({ nat, firewall }: CreatedNetwork, slot: number): readonly OutwardTier[] {
  if (nat === "none") return [];

  switch (firewall) {
    case "none":
      return ["public"];
    case "network-firewall":
      return nat === "one" && slot > 0 ? ["public", "firewall"] : ["public", "firewall", "nat"];
  }
}

interface Position {
  readonly tier: Tier;
  readonly zone: string;
  readonly slot: number;
}

function one(site: Site, network: CreatedNetwork, vpc: aws.ec2.Vpc, { tier, zone, slot }: Position): aws.ec2.Subnet {
  const own = `${site.name}-${tier}-${zone}`;

  return new aws.ec2.Subnet(
    own,
    {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock: subnet(network.cidr, tier, slot),
      mapPublicIpOnLaunch: false,
      ...(network.pods === "ipv6"
        ? {
            ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => subnet6(block, tier, slot)),
            // EKS demands it of every subnet it puts nodes, pods or its own interfaces into.
            assignIpv6AddressOnCreation: tier === "private" || tier === "intra",
          }
        : {}),
      tags: { ...named(site, own), ...discovery(tier, site.blueprint) },
    },
    { parent: site.parent },
  );
}

/**
 * The tags by which the load balancer controller finds the subnets it may use, and Karpenter those of nodes; the other
 * tiers are not among them.
 */
function discovery(tier: Tier, blueprint: ClusterBlueprint): Record<string, string> {
  const shared = { [`kubernetes.io/cluster/${blueprint.cluster.name}`]: "shared" };

  switch (tier) {
    case "public":
      return { ...shared, "kubernetes.io/role/elb": "1" };
    case "private":
      return { ...shared, "kubernetes.io/role/internal-elb": "1", ...discoveredByKarpenter(blueprint) };
    case "intra":
    case "firewall":
    case "nat":
      return {};
  }
}

// Nodes take whole /28 prefixes for their pods; single addresses strewn over the subnet would leave no free ones.
function reservePrefixes({ name, parent }: Site, { cidr }: CreatedNetwork, zone: Zone, slot: number): void {
  new aws.ec2.SubnetCidrReservation(
    `${name}-pods-${zone.zone}`,
    {
      subnetId: zone.private.id,
      cidrBlock: upperHalf(subnet(cidr, "private", slot)),
      reservationType: "prefix",
      description: "prefixes for pods",
    },
    { parent },
  );
}
