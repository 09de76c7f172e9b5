import * as aws from "@pulumi/aws";

import type { CreatedNetwork, Site } from "./site";
import { named } from "./site";
import type { Zone } from "./subnets";

/**
 * Routes each tier as far as it may go: the public one to the internet gateway, the private one out through NAT and never
 * in, the intra one nowhere.
 */
export function routes(site: Site, network: CreatedNetwork, vpc: aws.ec2.Vpc, zones: readonly Zone[]): void {
  const intra = table(site, vpc, "intra");
  const own = zones.map((zone) => ({ ...zone, table: table(site, vpc, `private-${zone.zone}`) }));

  for (const zone of own) {
    associate(site, intra, zone.intra, `intra-${zone.zone}`);
    associate(site, zone.table, zone.private, `private-${zone.zone}`);
  }

  if (network.nat === "none") return;
  const internet = publicRoutes(site, network, vpc, zones);
  natRoutes(site, network, internet, own);
  if (network.pods === "ipv6") egressOnlyRoutes(site, vpc, own);
}

interface RoutedZone extends Zone {
  readonly table: aws.ec2.RouteTable;
}

function publicRoutes(
  site: Site,
  { pods }: CreatedNetwork,
  vpc: aws.ec2.Vpc,
  zones: readonly Zone[],
): aws.ec2.InternetGateway {
  const { name, parent } = site;
  const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: named(site, name) }, { parent });
  const own = table(site, vpc, "public");
  const way = { routeTableId: own.id, gatewayId: internet.id };

  for (const zone of zones) if (zone.public) associate(site, own, zone.public, `public-${zone.zone}`);
  new aws.ec2.Route(`${name}-public`, { ...way, destinationCidrBlock: "0.0.0.0/0" }, { parent });
  if (pods === "ipv6")
    new aws.ec2.Route(`${name}-public-ipv6`, { ...way, destinationIpv6CidrBlock: "::/0" }, { parent });
  return internet;
}

function natRoutes(
  site: Site,
  { nat }: CreatedNetwork,
  internet: aws.ec2.InternetGateway,
  zones: readonly RoutedZone[],
): void {
  const { name, parent } = site;
  let shared: aws.ec2.NatGateway | undefined;

  for (const zone of zones) {
    if (zone.public === undefined) continue;
    const gateway = shared ?? natGateway(site, internet, zone.zone, zone.public);
    if (nat === "one") shared = gateway;
    new aws.ec2.Route(
      `${name}-private-${zone.zone}`,
      { routeTableId: zone.table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
      { parent },
    );
  }
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

  return new aws.ec2.NatGateway(own, { allocationId: address.id, subnetId, tags: named(site, own) }, opts);
}

function egressOnlyRoutes(site: Site, vpc: aws.ec2.Vpc, zones: readonly RoutedZone[]): void {
  const { name, parent } = site;
  const out = new aws.ec2.EgressOnlyInternetGateway(name, { vpcId: vpc.id, tags: named(site, name) }, { parent });

  for (const { zone, table } of zones)
    new aws.ec2.Route(
      `${name}-private-${zone}-ipv6`,
      { routeTableId: table.id, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: out.id },
      { parent },
    );
}

function table(site: Site, vpc: aws.ec2.Vpc, suffix: string): aws.ec2.RouteTable {
  const own = `${site.name}-${suffix}`;

  return new aws.ec2.RouteTable(own, { vpcId: vpc.id, tags: named(site, own) }, { parent: site.parent });
}

function associate(
  { name, parent }: Site,
  { id: routeTableId }: aws.ec2.RouteTable,
  { id: subnetId }: aws.ec2.Subnet,
  suffix: string,
): void {
  new aws.ec2.RouteTableAssociation(`${name}-${suffix}`, { routeTableId, subnetId }, { parent });
}
