import { block, overlaps } from "../cidr/block";

/** A route by which a subnet reaches the internet, or the internet the subnet. */
export type Way = "an internet gateway" | "a NAT gateway" | "an egress-only gateway";

/** What is known of a subnet that was there before. */
export interface FoundSubnet {
  readonly id: string;
  readonly tier: "public" | "private" | "intra";
  readonly vpcId: string;
  readonly zone: string;
  readonly freeAddresses: number;
  readonly givesPublicAddresses: boolean;
  readonly givesIpv6Addresses: boolean;
  readonly ways: readonly Way[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What is known of a VPC that was there before. */
export interface FoundVpc {
  readonly id: string;
  readonly blocks: readonly string[];
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
}

/** What the cluster needs of it. */
export interface Needs {
  readonly zones: number;
  readonly ipv6: boolean;
  readonly serviceCidr?: string | undefined;
  /** The tags that a private subnet must carry so that Karpenter may use it. */
  readonly discovery: Readonly<Record<string, string>>;
}

/**
 * Free addresses a subnet must have: an Application Load Balancer wants 8, EKS recommends 16 for its interfaces, and in the
 * private tier endpoints, nodes and pods begin with 256.
 */
const FREE = { public: 8, private: 256, intra: 16 } as const;

// Nodes and pods may leave and nobody may come in; the control plane's interfaces have no business outside.
const FORBIDDEN: Readonly<Record<"private" | "intra", readonly Way[]>> = {
  private: ["an internet gateway"],
  intra: ["an internet gateway", "a NAT gateway", "an egress-only gateway"],
};
const INSTEAD = { private: "route it through NAT", intra: "remove the route" } as const;

/** Everything that a VPC lacks: one sentence each, with the id, what was got, what is allowed and what to change. */
export function shortcomings(vpc: FoundVpc, subnets: readonly FoundSubnet[], needs: Needs): string[] {
  return [
    ...ofVpc(vpc, needs),
    ...subnets.flatMap((subnet) => [...ofSubnet(vpc, subnet, needs)]),
    ...ofTier("private", subnets, needs),
    ...ofTier("intra", subnets, needs),
  ];
}

function* ofVpc({ id, blocks, dnsSupport, dnsHostnames }: FoundVpc, needs: Needs): Generator<string> {
  const change = `aws ec2 modify-vpc-attribute --vpc-id ${id}`;
  if (!dnsSupport)
    yield `${id}: DNS support is off, must be on for private names of endpoints; run ${change} --enable-dns-support`;
  if (!dnsHostnames)
    yield `${id}: DNS hostnames are off, must be on for private names of endpoints; run ${change} --enable-dns-hostnames`;

  const { serviceCidr } = needs;
  const clash = blocks.find((text) => serviceCidr !== undefined && overlaps(block(text), block(serviceCidr)));
  if (clash !== undefined)
    yield `${id}: block ${clash} overlaps cluster.serviceCidr ${serviceCidr ?? ""}, must be apart; choose another cluster.serviceCidr`;
}

function* ofSubnet(vpc: FoundVpc, subnet: FoundSubnet, needs: Needs): Generator<string> {
  const { id, tier } = subnet;
  if (subnet.vpcId !== vpc.id) yield `${id}: lies in ${subnet.vpcId}, must lie in ${vpc.id}; name a subnet of that VPC`;
  if (subnet.freeAddresses < FREE[tier])
    yield `${id}: has ${subnet.freeAddresses} free addresses, the ${tier} tier needs ${FREE[tier]}; name a larger subnet`;
  if (tier === "public") return;

  if (subnet.givesPublicAddresses)
    yield `${id}: gives public addresses to what starts in it, a ${tier} subnet must not; run aws ec2 modify-subnet-attribute --subnet-id ${id} --no-map-public-ip-on-launch`;
  for (const way of subnet.ways.filter((each) => FORBIDDEN[tier].includes(each)))
    yield `${id}: has a route to ${way}, a ${tier} subnet must not; ${INSTEAD[tier]} or name another subnet`;
  yield* undiscovered(subnet, needs);
  if (needs.ipv6 && !subnet.givesIpv6Addresses)
    yield `${id}: gives no IPv6 addresses, a ${tier} subnet must for pods: "ipv6"; run aws ec2 modify-subnet-attribute --subnet-id ${id} --assign-ipv6-address-on-creation`;
}

function* undiscovered({ id, tier, tags }: FoundSubnet, { discovery }: Needs): Generator<string> {
  if (tier !== "private") return;
  for (const [key, value] of Object.entries(discovery))
    if (tags[key] !== value)
      yield `${id}: has no tag ${key}=${value}, a private subnet must for karpenter; run aws ec2 create-tags --resources ${id} --tags Key=${key},Value=${value}`;
}

function* ofTier(tier: "private" | "intra", subnets: readonly FoundSubnet[], { zones }: Needs): Generator<string> {
  const found = [...new Set(subnets.filter((subnet) => subnet.tier === tier).map(({ zone }) => zone))].sort();
  if (found.length < zones)
    yield `network.subnets.${tier}: lies in ${found.length} zones (${found.join(", ")}), must lie in ${zones} or more; name subnets of other zones`;
}
