import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { subnet } from "../cidr/split";
import type { LeavingZone } from "./gateways";
import type { CreatedNetwork, Site } from "./site";
import { associate, table } from "./table";

/** Answers the firewall's endpoint in a zone, which stands in this subnet. */
export type Endpoint = (zone: string, subnet: aws.ec2.Subnet) => pulumi.Output<string>;

/** What stands on the way out. */
export interface Stations {
  readonly internet: aws.ec2.InternetGateway;
  readonly leaving: readonly LeavingZone[];
  readonly endpoint: Endpoint;
}

/**
 * Leads what leaves a zone through the firewall's endpoint there, then to NAT, and the answers back through the same
 * endpoint: Network Firewall cannot judge a conversation of which an endpoint sees one half (AWS Network Firewall
 * Developer Guide, "Avoiding asymmetric routing with AWS Network Firewall"). A private subnet's block is more specific
 * than the VPC's, so the route back wins over the local one.
 */
export function inspectedRoutes(
  site: Site,
  { cidr }: CreatedNetwork,
  vpc: aws.ec2.Vpc,
  { internet, leaving, endpoint }: Stations,
): void {
  const { name, parent } = site;
  const route = (of: string, from: aws.ec2.RouteTable, args: Omit<aws.ec2.RouteArgs, "routeTableId">) =>
    new aws.ec2.Route(`${name}-${of}`, { routeTableId: from.id, ...args }, { parent });
  let behind: aws.ec2.RouteTable | undefined;

  for (const [slot, { zone, gateway, ...own }] of leaving.entries()) {
    // Without an endpoint a zone has no way out at all, rather than one past the firewall.
    if (own.firewall === undefined) continue;
    const vpcEndpointId = endpoint(zone, own.firewall);
    route(`private-${zone}`, own.table, { ...everywhere, vpcEndpointId });

    const inspecting = table(site, vpc, `firewall-${zone}`);
    associate(site, inspecting, own.firewall, `firewall-${zone}`);
    route(`firewall-${zone}`, inspecting, { ...everywhere, natGatewayId: gateway.id });
    if (own.nat) {
      behind = table(site, vpc, `nat-${zone}`);
      associate(site, behind, own.nat, `nat-${zone}`);
      route(`nat-${zone}`, behind, { ...everywhere, gatewayId: internet.id });
    }
    // With one gateway for all, its table leads every zone's answers back, each to the endpoint they left by.
    if (behind)
      route(`answers-${zone}`, behind, { destinationCidrBlock: subnet(cidr, "private", slot), vpcEndpointId });
  }
}

const everywhere = { destinationCidrBlock: "0.0.0.0/0" } as const;
