import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { base, CLUSTER } from "./example";

const ROUTE = token<aws.ec2.RouteArgs>("aws:ec2/route:Route");
const TABLE = token<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable");
const TABLE_OF = token<aws.ec2.RouteTableAssociationArgs>("aws:ec2/routeTableAssociation:RouteTableAssociation");
const GATEWAY = token<aws.ec2.InternetGatewayArgs>("aws:ec2/internetGateway:InternetGateway");
const SUBNET = token<aws.ec2.SubnetArgs>("aws:ec2/subnet:Subnet");

/** Where the control plane's network interfaces lie. */
export const placement: readonly Control[] = [
  inventoryControl({
    id: "cluster-zones",
    title: "The cluster spans two zones, in production three",
    severity: "medium",
    why: "with one zone its failure is the cluster's; with two the other must carry everything",
    fix: "list three zones in `network.zones`",
    refs: { catalogue: "EKS-NET-6" },
    about: [CLUSTER],
    *check(cluster, inventory) {
      const subnets = inventory.linked(cluster, "vpcConfig", SUBNET);
      // Subnets that were there before are checked by the program, which can ask AWS for their zones.
      if (subnets.length === 0) return;
      const zones = new Set(subnets.map(({ inputs }) => inputs.availabilityZone ?? inputs.availabilityZoneId));
      const needed = cluster.inputs.tags?.["environment"] === "production" ? 3 : 2;
      if (zones.size < needed)
        yield { path: "vpcConfig.subnetIds", message: `the cluster spans ${zones.size} of at least ${needed} zones` };
    },
    good: [across("production", "a", "b", "c"), across("staging", "a", "b")],
    bad: [across("production", "a", "b"), across("staging", "a", "a")],
  }),

  inventoryControl({
    id: "cluster-subnets-private",
    title: "No route leads from the internet to the control plane's subnets",
    severity: "high",
    why: "a subnet with a route to an internet gateway is public, whatever it is called",
    fix: "put the cluster into the intra subnets that Network makes",
    refs: { catalogue: "EKS-NET-4", cis: ["CIS EKS 5.4.3"], kubescape: ["C-0229"] },
    about: [CLUSTER],
    *check(cluster, inventory) {
      for (const subnet of inventory.linked(cluster, "vpcConfig", SUBNET)) {
        const tables = inventory
          .linking(TABLE_OF, "subnetId", subnet)
          .flatMap((one) => inventory.linked(one, "routeTableId", TABLE));
        const routes = tables.flatMap((table) => inventory.linking(ROUTE, "routeTableId", table));
        const open = routes.some(
          (route) => "gatewayId" in route.inputs && inventory.linked(route, "gatewayId", GATEWAY).length > 0,
        );
        if (open) yield `subnet ${subnet.name} has a route to an internet gateway`;
      }
    },
    good: [routed("natGatewayId")],
    bad: [routed("gatewayId")],
  }),
];

function across(environment: string, ...zones: readonly string[]) {
  const subnets = zones.map((zone, index) =>
    item(SUBNET, `intra-${index}`, { vpcId: "vpc-1", availabilityZone: `eu-central-1${zone}` }),
  );
  return [...subnets, item(CLUSTER, "main", { ...base, tags: { environment } }, { links: { vpcConfig: subnets } })];
}

function routed(by: "gatewayId" | "natGatewayId") {
  const [subnet, table, gateway] = [
    item(SUBNET, "intra", { vpcId: "vpc-1" }),
    item(TABLE, "intra", { vpcId: "vpc-1" }),
    item(GATEWAY, "main", {}),
  ];
  const route = item(
    ROUTE,
    "out",
    { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", [by]: "x-1" },
    { links: { routeTableId: [table], [by]: [gateway] } },
  );
  const association = item(
    TABLE_OF,
    "intra",
    { subnetId: "subnet-1", routeTableId: "rtb-1" },
    { links: { subnetId: [subnet], routeTableId: [table] } },
  );
  return [subnet, table, gateway, route, association, item(CLUSTER, "main", base, { links: { vpcConfig: [subnet] } })];
}
