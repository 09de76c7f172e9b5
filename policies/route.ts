import type * as aws from "@pulumi/aws";

import { item, token } from "./control";
import type { Inventory, Item, Subject } from "./inventory";

const ROUTE = token<aws.ec2.RouteArgs>("aws:ec2/route:Route");
const TABLE = token<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable");
const TABLE_OF = token<aws.ec2.RouteTableAssociationArgs>("aws:ec2/routeTableAssociation:RouteTableAssociation");
const GATEWAY = token<aws.ec2.InternetGatewayArgs>("aws:ec2/internetGateway:InternetGateway");

/** A subnet, as controls about its users name it. */
export const SUBNET = token<aws.ec2.SubnetArgs>("aws:ec2/subnet:Subnet");

/** True when a route of the subnet's table leads to an internet gateway: that, and not its name, makes a subnet public. */
export function leadsToInternet(subnet: Subject<unknown>, inventory: Inventory): boolean {
  return inventory
    .linking(TABLE_OF, "subnetId", subnet)
    .flatMap((association) => inventory.linked(association, "routeTableId", TABLE))
    .flatMap((table) => inventory.linking(ROUTE, "routeTableId", table))
    .some((route) => "gatewayId" in route.inputs && inventory.linked(route, "gatewayId", GATEWAY).length > 0);
}

/** For examples: a subnet and everything that leads out of it, by an internet gateway or a NAT gateway. */
export function routedSubnet(
  by: "gatewayId" | "natGatewayId",
  mapPublicIpOnLaunch = false,
): readonly [Item, ...Item[]] {
  const subnet = item(SUBNET, "one", { vpcId: "vpc-1", mapPublicIpOnLaunch });
  const table = item(TABLE, "one", { vpcId: "vpc-1" });
  const gateway = item(GATEWAY, "main", {});
  const route = item(
    ROUTE,
    "out",
    { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", [by]: "x-1" },
    { links: { routeTableId: [table], [by]: [gateway] } },
  );
  const association = item(
    TABLE_OF,
    "one",
    { subnetId: "subnet-1", routeTableId: "rtb-1" },
    { links: { subnetId: [subnet], routeTableId: [table] } },
  );
  return [subnet, table, gateway, route, association];
}
