import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Tier } from "../cidr/split";
import type { CreatedNetwork, Site } from "./site";
import { named } from "./site";
import type { Zone } from "./subnets";

/** One entry of an access list. Access lists remember nothing, so answers need entries of their own. */
export interface Entry {
  readonly egress: boolean;
  readonly peer: "vpc" | "world";
  /** Ports of TCP, or everything. */
  readonly tcp: readonly [number, number] | "everything";
}

const both = (peer: Entry["peer"]): readonly Entry[] =>
  [false, true].map((egress) => ({ egress, peer, tcp: "everything" }));

const from = (first: number, last: number): Entry => ({ egress: false, peer: "world", tcp: [first, last] });
const to = (first: number, last: number): Entry => ({ egress: true, peer: "world", tcp: [first, last] });

/**
 * Answers from the internet arrive on the ports 1024 to 65535 that NAT and nodes choose from (Amazon VPC User Guide,
 * "Network ACLs", ephemeral ports). 3389 is left out, since nobody may knock there (Security Hub EC2.21); the price is
 * that a connection which happens to leave from that port gets no answer and is tried again from another.
 */
const answers: readonly Entry[] = [from(1024, 3388), from(3390, 65535)];

/** What passes the border of a tier's subnets, besides what security groups then allow. */
export function entries(tier: Tier, internet: boolean): readonly Entry[] {
  if (!internet) return both("vpc");

  switch (tier) {
    case "public":
      return [...both("vpc"), from(443, 443), from(80, 80), ...answers, to(443, 443), to(1024, 65535)];
    case "private":
    case "firewall":
    case "nat":
      return [...both("vpc"), ...answers, to(443, 443)];
    case "intra":
      return both("vpc");
  }
}

/**
 * Gives every tier an access list of its own.
 * @control network-no-ssh-from-world
 */
export function accessLists(site: Site, network: CreatedNetwork, vpc: aws.ec2.Vpc, zones: readonly Zone[]): void {
  for (const tier of ["public", "private", "intra", "firewall", "nat"] as const) {
    const subnetIds = zones.flatMap((zone) => zone[tier]?.id ?? []);
    if (subnetIds.length > 0) list(site, network, vpc, { tier, subnetIds });
  }
}

interface Members {
  readonly tier: Tier;
  readonly subnetIds: pulumi.Output<string>[];
}

function list(site: Site, { cidr, nat, pods }: CreatedNetwork, vpc: aws.ec2.Vpc, { tier, subnetIds }: Members): void {
  const own = `${site.name}-${tier}`;
  const args = { vpcId: vpc.id, subnetIds, tags: named(site, own) };
  const acl = new aws.ec2.NetworkAcl(own, args, { parent: site.parent });

  for (const [index, entry] of entries(tier, nat !== "none").entries()) {
    rule(site, acl, entry, { name: `${own}-${nameOf(entry)}`, number: 100 + index * 10, ...v4(entry, cidr) });
    if (pods === "ipv6")
      rule(site, acl, entry, { name: `${own}-${nameOf(entry)}-ipv6`, number: 105 + index * 10, ...v6(entry, vpc) });
  }
}

type Peer = Pick<aws.ec2.NetworkAclRuleArgs, "cidrBlock" | "ipv6CidrBlock">;

// The block as the blueprint gives it and not as the VPC's output, so that a preview can judge it.
const v4 = ({ peer }: Entry, cidr: string): Peer => ({ cidrBlock: peer === "vpc" ? cidr : "0.0.0.0/0" });
const v6 = ({ peer }: Entry, vpc: aws.ec2.Vpc): Peer => ({
  ipv6CidrBlock: peer === "vpc" ? vpc.ipv6CidrBlock : "::/0",
});

function nameOf({ egress, peer, tcp }: Entry): string {
  return `${egress ? "to" : "from"}-${peer}${tcp === "everything" ? "" : `-${tcp[0]}`}`;
}

interface Numbered extends Peer {
  readonly name: string;
  readonly number: number;
}

function rule(
  { parent }: Site,
  acl: aws.ec2.NetworkAcl,
  { egress, tcp }: Entry,
  { name, number, ...peer }: Numbered,
): void {
  const traffic =
    tcp === "everything"
      ? { protocol: "-1", fromPort: 0, toPort: 0 }
      : { protocol: "tcp", fromPort: tcp[0], toPort: tcp[1] };

  new aws.ec2.NetworkAclRule(
    name,
    { networkAclId: acl.id, ruleNumber: number, ruleAction: "allow", egress, ...traffic, ...peer },
    { parent },
  );
}
