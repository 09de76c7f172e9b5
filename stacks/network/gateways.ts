import * as aws from "@pulumi/aws";

import type { CreatedNetwork, Site } from "./site";
import { named } from "./site";
import type { Zone } from "./subnets";

/** A zone whose private subnet has a route table of its own. */
export interface RoutedZone extends Zone {
  readonly table: aws.ec2.RouteTable;
}

/** A zone and the NAT gateway by which it leaves: its own or the one all share. */
export interface LeavingZone extends RoutedZone {
  readonly gateway: aws.ec2.NatGateway;
}

/** Makes a NAT gateway in each zone or one for all: in the public tier, or behind a firewall in the tier kept for it. */
export function natGateways(
  site: Site,
  { nat }: CreatedNetwork,
  internet: aws.ec2.InternetGateway,
  zones: readonly RoutedZone[],
): readonly LeavingZone[] {
  let shared: aws.ec2.NatGateway | undefined;

  return zones.flatMap((zone) => {
    const subnet = zone.nat ?? zone.public;
    if (subnet === undefined) return [];
    const gateway = shared ?? natGateway(site, internet, zone.zone, subnet);
    if (nat === "one") shared = gateway;
    return [{ ...zone, gateway }];
  });
}

function natGateway(
  site: Site,
  internet: aws.ec2.InternetGateway,
  zone: string,
  { id: subnetId }: aws.ec2.Subnet,
): aws.ec2.NatGateway {
  const own = `${site.name}-${zone}`;
  // A NAT gateway made before the internet gateway is attached fails for good.
  const opts = { parent: site.parent, dependsOn: [internet] };
  const address = new aws.ec2.Eip(own, { domain: "vpc", tags: named(site, own) }, opts);

  return new aws.ec2.NatGateway(
    own,
    { allocationId: address.id, subnetId, tags: named(site, own) },
    // An address serves one gateway: whoever knows the cluster by it keeps knowing it when the gateway moves.
    { ...opts, deleteBeforeReplace: true },
  );
}
