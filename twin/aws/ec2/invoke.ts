import type { Invoke, Properties, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { text, texts } from "../property";
import { getVpcEndpointService } from "./endpoint-service-data";
import { only, search } from "./filter";
import { getAmi } from "./image";
import { prefixListId, prefixListNames } from "./prefix-list";
import { ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SECURITY_GROUP, SUBNET, VPC } from "./token";
import { zonesOf } from "./zone";

const regional = (world: World, id: string) => ({ id, region: world.region });
const seen = (world: World, { id, properties }: Stored): Properties => ({
  tags: {},
  ...properties,
  ...regional(world, id),
  state: "available",
});

const getAvailabilityZones: Invoke = (args, world) => {
  const excluded = [...texts(args, "excludeNames"), ...texts(args, "excludeZoneIds")];
  const zones = zonesOf(world.region).filter(({ name, id }) => !excluded.includes(name) && !excluded.includes(id));
  return {
    ...args,
    ...regional(world, world.region),
    names: zones.map(({ name }) => name),
    zoneIds: zones.map(({ id }) => id),
    groupNames: [`${world.region}-zg-1`],
  };
};

const getVpc: Invoke = (args, world) => {
  const found = only(search(world, VPC, args, ["id", "cidrBlock", "dhcpOptionsId"]), "EC2 VPC");
  const { cidrBlock } = found.properties;
  return {
    ...seen(world, found),
    default: false,
    cidrBlockAssociations: [{ associationId: `vpc-cidr-assoc-${found.id.slice(4)}`, cidrBlock, state: "associated" }],
    ipv6CidrBlock: found.properties.ipv6CidrBlock ?? "",
  };
};

const getSubnet: Invoke = (args, world) => {
  const plain = ["id", "vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6CidrBlock"];
  const found = only(search(world, SUBNET, args, plain), "EC2 Subnet");
  return {
    ...seen(world, found),
    defaultForAz: false,
    availableIpAddressCount: freeAddresses(text(found.properties, "cidrBlock")),
    ipv6CidrBlock: found.properties.ipv6CidrBlock ?? "",
  };
};

/** AWS keeps five addresses of every subnet. */
function freeAddresses(cidr: string | undefined): number {
  const prefix = Number(cidr?.split("/")[1] ?? 32);
  return Math.max(0, 2 ** (32 - prefix) - 5);
}

const listed =
  (token: string): Invoke =>
  (args, world) => ({
    ...args,
    ...regional(world, world.region),
    ids: search(world, token, args, ["vpcId"]).map(({ id }) => id),
  });

const getRouteTable: Invoke = (args, world) => {
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
    associations: associations.filter(inTable).map((one) => ({
      routeTableAssociationId: one.id,
      routeTableId: found.id,
      subnetId: one.inputs.subnetId ?? "",
      gatewayId: one.inputs.gatewayId ?? "",
      main: false,
    })),
  };
};

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

const getSecurityGroup: Invoke = (args, world) =>
  seen(world, only(search(world, SECURITY_GROUP, args, ["id", "name", "vpcId"]), "EC2 Security Group"));

const getManagedPrefixList: Invoke = (args, world) => {
  const name = prefixListNames(world).find((one) => one === args.name || prefixListId(world, one) === args.id);
  if (name === undefined) throw new AwsError("NotFound", "no matching EC2 Managed Prefix List found");
  const id = prefixListId(world, name);
  const arn = `arn:aws:ec2:${world.region}:aws:prefix-list/${id}`;
  return {
    ...regional(world, id),
    name,
    arn,
    addressFamily: "IPv4",
    entries: [],
    maxEntries: 0,
    ownerId: "AWS",
    tags: {},
    version: 0,
  };
};

const getPrefixList: Invoke = (args, world) => {
  const name = prefixListNames(world).find(
    (one) => one === args.name || prefixListId(world, one) === args.prefixListId,
  );
  if (name === undefined) throw new AwsError("NotFound", "no matching EC2 Prefix List found");
  return { ...regional(world, prefixListId(world, name)), name, cidrBlocks: [] };
};

/** EC2's functions. */
export const ec2Invokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:ec2/getVpcs:getVpcs": listed(VPC),
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": listed(SUBNET),
  "aws:ec2/getSecurityGroups:getSecurityGroups": listed(SECURITY_GROUP),
  "aws:ec2/getRouteTable:getRouteTable": getRouteTable,
  "aws:ec2/getRouteTables:getRouteTables": listed(ROUTE_TABLE),
  "aws:ec2/getSecurityGroup:getSecurityGroup": getSecurityGroup,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:ec2/getPrefixList:getPrefixList": getPrefixList,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": getVpcEndpointService,
};
