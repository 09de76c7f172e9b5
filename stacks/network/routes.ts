import * as aws from "@pulumi/aws";

import type { Keys } from "../keys";
import { firewall } from "./firewall";
import type { LeavingZone, RoutedZone } from "./gateways";
import { natGateways } from "./gateways";
import { inspectedRoutes } from "./inspection";
import type { CreatedNetwork, Site } from "./site";
import { named } from "./site";
import type { Zone } from "./subnets";
import { associate, table } from "./table";

/**
 * Routes each tier as far as it may go: the public one to the internet gateway, the private one out through NAT, past a
 * firewall where there is one, and never in, the intra one nowhere.
 */
export function routes(
  site: Site,
  network: CreatedNetwork,
  vpc: aws.ec2.Vpc,
  zones: readonly Zone[],
  keys: Keys,
): void {
  const own = insideRoutes(site, vpc, zones);
  if (network.nat === "none") return;

  const internet = publicRoutes(site, network, vpc, zones);
  const leaving = natGateways(site, network, internet, own);

  switch (network.firewall) {
    case "none":
      natRoutes(site, leaving);
      if (network.pods === "ipv6") egressOnlyRoutes(site, vpc, own);
      return;
    case "network-firewall":
      inspectedRoutes(site, network, vpc, { internet, leaving, endpoint: firewall(site, vpc, zones, keys) });
      return;
  }
}

function insideRoutes(site: Site, vpc: aws.ec2.Vpc, zones: readonly Zone[]): readonly RoutedZone[] {
  const intra = table(site, vpc, "intra");
  const own = zones.map((zone) => ({ ...zone, table: table(site, vpc, `private-${zone.zone}`) }));

  for (const zone of own) {
    associate(site, intra, zone.intra, `intra-${zone.zone}`);
    associate(site, zone.table, zone.private, `private-${zone.zone}`);
  }
  return own;
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

function natRoutes({ name, parent }: Site, zones: readonly LeavingZone[]): void {
  for (const { zone, table, gateway } of zones)
    new aws.ec2.Route(
      `${name}-private-${zone}`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
      { parent },
    );
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
