import * as aws from "@pulumi/aws";

import type { Site } from "./site";
import { named } from "./site";

/** A route table of the VPC, without routes of its own until somebody adds them. */
export function table(site: Site, vpc: aws.ec2.Vpc, suffix: string): aws.ec2.RouteTable {
  const own = `${site.name}-${suffix}`;

  return new aws.ec2.RouteTable(own, { vpcId: vpc.id, tags: named(site, own) }, { parent: site.parent });
}

/** Makes a subnet follow a route table instead of the VPC's main one. */
export function associate(
  { name, parent }: Site,
  { id: routeTableId }: aws.ec2.RouteTable,
  { id: subnetId }: aws.ec2.Subnet,
  suffix: string,
): void {
  new aws.ec2.RouteTableAssociation(`${name}-${suffix}`, { routeTableId, subnetId }, { parent });
}
