import type { Invoke, Properties, Stored, World } from "../../behaviour";
import { hex } from "../../id";
import { only, search, seen } from "./filter";
import { ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, VPC } from "./token";

/** A route table with its routes and associations; the main one of a network has an association that names no subnet. */
export const getRouteTable: Invoke = (args, world) => {
  const { subnetId, routeTableId, gatewayId, ...others } = args;
  const associations = world.all(ROUTE_TABLE_ASSOCIATION);
  const wanted = associations.find(
    ({ inputs }) =>
      (subnetId ?? gatewayId) !== undefined && [inputs.subnetId, inputs.gatewayId].includes(subnetId ?? gatewayId),
  );
  // A subnet without an association uses the main table, but the data source does not find that.
  const id =
    routeTableId ??
    (subnetId === undefined && gatewayId === undefined ? undefined : (wanted?.inputs.routeTableId ?? "none"));
  const found = only(
    search(world, ROUTE_TABLE, id === undefined ? others : { ...others, id }, ["id", "vpcId"]),
    "EC2 Route Table",
  );
  const inTable = ({ inputs }: Stored) => inputs.routeTableId === found.id;
  return {
    ...seen(world, found),
    routeTableId: found.id,
    routes: world
      .all(ROUTE)
      .filter(inTable)
      .map(({ inputs }) => routeOf(inputs)),
    associations: [
      ...mainAssociation(world, found.id),
      ...associations.filter(inTable).map((one) => ({
        routeTableAssociationId: one.id,
        routeTableId: found.id,
        subnetId: one.inputs.subnetId ?? "",
        gatewayId: one.inputs.gatewayId ?? "",
        main: false,
      })),
    ],
  };
};

function mainAssociation(world: World, routeTableId: string): Properties[] {
  if (world.findBy(VPC, "mainRouteTableId", routeTableId) === undefined) return [];
  const routeTableAssociationId = `rtbassoc-${hex(17, routeTableId)}`;
  return [{ routeTableAssociationId, routeTableId, subnetId: "", gatewayId: "", main: true }];
}

/** The data source names a route's parts differently from the resource, and writes "" for what is absent. */
function routeOf(inputs: Properties): Properties {
  const absent = [
    "carrierGatewayId",
    "coreNetworkArn",
    "egressOnlyGatewayId",
    "gatewayId",
    "instanceId",
    "localGatewayId",
  ];
  const more = ["natGatewayId", "networkInterfaceId", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"];
  return {
    ...Object.fromEntries([...absent, ...more].map((key) => [key, inputs[key] ?? ""])),
    cidrBlock: inputs.destinationCidrBlock ?? "",
    ipv6CidrBlock: inputs.destinationIpv6CidrBlock ?? "",
    destinationPrefixListId: inputs.destinationPrefixListId ?? "",
  };
}
