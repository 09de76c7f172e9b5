import type { Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { text, texts } from "../property";
import { getVpcEndpointService } from "./endpoint-service-data";
import { only, regional, search, seen } from "./filter";
import { getRouteTable } from "./route-table-data";
import { getVpcEndpoint } from "./endpoint-data";
import { getAmi } from "./image";
import { instanceTypeInvokes } from "./instance-type-data";
import { prefixListId, prefixListNames } from "./prefix-list";
import { ruleInvokes } from "./rule-data";
import { EIP, NAT_GATEWAY, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC } from "./token";
import { zonesOf } from "./zone";

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
  const ipv6CidrBlock = text(found.properties, "ipv6CidrBlock");
  const ipv6AssociationId = `vpc-cidr-assoc-${hex(17, `${found.id} ipv6`)}`;
  return {
    enableNetworkAddressUsageMetrics: false,
    ...seen(world, found),
    default: false,
    cidrBlockAssociations: [{ associationId: `vpc-cidr-assoc-${found.id.slice(4)}`, cidrBlock, state: "associated" }],
    ipv6CidrBlock: ipv6CidrBlock ?? "",
    ipv6AssociationId: ipv6CidrBlock === undefined ? "" : ipv6AssociationId,
    // Source, attribute and pool of a block that Amazon gave: values not verified.
    ipv6CidrBlockAssociations:
      ipv6CidrBlock === undefined
        ? []
        : [
            {
              associationId: ipv6AssociationId,
              ipSource: "amazon",
              ipv6AddressAttribute: "public",
              ipv6CidrBlock,
              ipv6Pool: "Amazon",
              networkBorderGroup: world.region,
              state: "associated",
            },
          ],
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

const getEips: Invoke = (args, world) => {
  const found = search(world, EIP, args, []);
  const publicIps = found.map(({ properties }) => properties["publicIp"]);
  return { ...args, ...regional(world, world.region), allocationIds: found.map(({ id }) => id), publicIps };
};

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
  ...instanceTypeInvokes,
  ...ruleInvokes,
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:ec2/getEips:getEips": getEips,
  "aws:ec2/getNatGateways:getNatGateways": listed(NAT_GATEWAY),
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
  "aws:ec2/getVpcEndpoint:getVpcEndpoint": getVpcEndpoint,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": getVpcEndpointService,
};
