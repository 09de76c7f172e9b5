import type { Behaviour, Call, DeleteCall, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text } from "../property";
import { parse } from "./cidr";
import { ec2, toDhcpOptions, toVpc } from "./reference";
import { CIDR_ASSOCIATION, DHCP_OPTIONS, NETWORK_ACL, ROUTE_TABLE, SECURITY_GROUP, VPC } from "./token";

/** What AWS makes with every VPC; the ids are the same whenever they are asked for. */
function furniture({ world }: Call): Record<"acl" | "table" | "group" | "options", string> {
  return {
    acl: `acl-${world.hex(17, "acl")}`,
    table: `rtb-${world.hex(17, "rtb")}`,
    group: `sg-${world.hex(17, "sg")}`,
    options: `dopt-${world.hex(17, "dopt")}`,
  };
}

function furnish(call: Call, vpcId: string): void {
  const { acl, table, group } = furniture(call);
  const { world } = call;
  const note = `AWS made it with ${vpcId}, and takes it away with it`;
  const own = (kind: string, id: string): Properties => ({
    vpcId,
    ownerId: world.accountId,
    arn: regionalArn(world, "ec2", `${kind}/${id}`),
    tags: {},
  });
  world.makeBehindTheBack({ type: NETWORK_ACL, id: acl, properties: own("network-acl", acl), note });
  world.makeBehindTheBack({
    type: ROUTE_TABLE,
    id: table,
    properties: { ...own("route-table", table), main: true },
    note,
  });
  const words = { name: "default", description: "default VPC security group" };
  const properties = { ...own("security-group", group), ...words };
  world.makeBehindTheBack({ type: SECURITY_GROUP, id: group, properties, note });
}

function clear({ world, stored }: DeleteCall): void {
  const { defaultNetworkAclId, defaultRouteTableId, defaultSecurityGroupId } = stored.properties;
  world.takeAway(NETWORK_ACL, String(defaultNetworkAclId));
  world.takeAway(ROUTE_TABLE, String(defaultRouteTableId));
  world.takeAway(SECURITY_GROUP, String(defaultSecurityGroupId));
}

function refuseSize({ inputs }: Call): void {
  const block = parse(inputs.cidrBlock);
  if (inputs.cidrBlock === undefined && inputs.ipv4IpamPoolId !== undefined) return;
  if (block?.family !== 4 || block.prefix < 16 || block.prefix > 28) {
    throw new AwsError("InvalidVpc.Range", `The CIDR '${text(inputs, "cidrBlock") ?? ""}' is invalid.`);
  }
}

const network: Behaviour = {
  ...ec2("vpc"),
  token: VPC,
  words: "EC2 VPC",
  replaces: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  defaults: () => ({ enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: "default" }),
  refuseCreate: refuseSize,
  outputs: (call, id) => {
    const { world, inputs } = call;
    const { acl, table, group, options } = furniture(call);
    // A block for documentation would be truer (RFC 3849), but AWS hands out a /56 of its own range.
    const block = `2a05:d014:${world.hex(4, "v6")}:${world.hex(2, "v6b")}00::/56`;
    const ipv6 = inputs.assignGeneratedIpv6CidrBlock === true ? { ipv6CidrBlock: block } : {};
    return {
      arn: regionalArn(world, "ec2", `vpc/${id}`),
      ownerId: world.accountId,
      defaultNetworkAclId: acl,
      defaultRouteTableId: table,
      mainRouteTableId: table,
      defaultSecurityGroupId: group,
      dhcpOptionsId: options,
      ...ipv6,
    };
  },
  afterCreate: furnish,
  afterDelete: clear,
};

const secondaryBlock: Behaviour = {
  ...ec2("vpc-cidr-assoc"),
  token: CIDR_ASSOCIATION,
  words: "EC2 VPC IPv4 CIDR Block Association",
  replaces: "all",
  references: [toVpc("vpcId")],
  outputs: () => ({}),
};

const options: Behaviour = {
  ...ec2("dopt"),
  token: DHCP_OPTIONS,
  words: "EC2 DHCP Options",
  replaces: "all",
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `dhcp-options/${id}`),
    ownerId: world.accountId,
  }),
};

const optionsAssociation: Behaviour = {
  service: "EC2",
  token: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  words: "EC2 DHCP Options Set Association",
  replaces: ["vpcId"],
  references: [toVpc("vpcId"), toDhcpOptions("dhcpOptionsId", "held")],
  id: ({ inputs }) => `${text(inputs, "dhcpOptionsId") ?? ""}-${text(inputs, "vpcId") ?? ""}`,
  outputs: () => ({}),
};

/** A VPC with what AWS makes in it, further blocks, and its DHCP options. */
export const vpc: readonly Behaviour[] = [network, secondaryBlock, options, optionsAssociation];
