import type { Behaviour, Call, DeleteCall, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text, texts } from "../property";
import { addressIn, parse } from "./cidr";
import { ec2, toEip, toSubnet, toVpc } from "./reference";
import { EGRESS_ONLY_GATEWAY, EIP, INTERNET_GATEWAY, NAT_GATEWAY, NETWORK_INTERFACE, SUBNET } from "./token";

/** J4: an internet gateway goes only when nothing in its VPC has a public address. */
function refuseDetach({ world, stored }: DeleteCall): void {
  const vpcId = text(stored.properties, "vpcId");
  const mapped = [...publicNats(world, vpcId), ...publicInterfaces(world, vpcId)];
  if (vpcId === undefined || mapped.length === 0) return;
  const advice = "Please unmap those public address(es) before detaching the gateway.";
  throw new AwsError("DependencyViolation", `Network ${vpcId} has some mapped public address(es). ${advice}`);
}

function publicNats(world: World, vpcId: string | undefined): readonly Stored[] {
  return world.all(NAT_GATEWAY).filter(({ properties, status }) => {
    const home = world.find(SUBNET, text(properties, "subnetId") ?? "")?.properties.vpcId;
    return home === vpcId && status !== "FAILED" && properties.connectivityType === "public";
  });
}

function publicInterfaces(world: World, vpcId: string | undefined): readonly Stored[] {
  return world
    .all(NETWORK_INTERFACE)
    .filter(({ properties }) => properties.vpcId === vpcId && properties.publicIp !== undefined);
}

const internet: Behaviour = {
  ...ec2("igw"),
  token: INTERNET_GATEWAY,
  words: "EC2 Internet Gateway",
  replaces: [],
  references: [toVpc("vpcId", "held")],
  refuseCreate: ({ world, inputs }) => {
    const taken = world.all(INTERNET_GATEWAY).find(({ inputs: { vpcId } }) => vpcId === inputs.vpcId);
    if (inputs.vpcId === undefined || taken === undefined) return;
    const vpcId = text(inputs, "vpcId") ?? "";
    throw new AwsError("Resource.AlreadyAssociated", `Network ${vpcId} already has an internet gateway attached`);
  },
  refuseDelete: refuseDetach,
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `internet-gateway/${id}`),
    ownerId: world.accountId,
  }),
};

const egressOnly: Behaviour = {
  ...ec2("eigw"),
  token: EGRESS_ONLY_GATEWAY,
  words: "EC2 Egress-only Internet Gateway",
  replaces: ["vpcId"],
  references: [toVpc("vpcId", "held")],
  outputs: () => ({}),
};

/** J5 and J6: AWS accepts the gateway and lets it fail. */
function failNat({ world, inputs }: Call, id: string): void {
  if (inputs.connectivityType === "private") return;
  const vpcId = text(world.find(SUBNET, text(inputs, "subnetId") ?? "")?.properties ?? {}, "vpcId") ?? "";
  const attached = world.all(INTERNET_GATEWAY).some(({ properties }) => properties.vpcId === vpcId);
  if (!attached) throw new AwsError("Gateway.NotAttached", `Network ${vpcId} has no Internet gateway attached`);

  const allocation = text(inputs, "allocationId");
  const holder = world
    .all(NAT_GATEWAY)
    .find((other) => other.id !== id && other.status !== "FAILED" && other.inputs.allocationId === allocation);
  if (holder && allocation !== undefined) {
    throw new AwsError(
      "Resource.AlreadyAssociated",
      `Elastic IP address [${allocation}] is already associated with another resource`,
    );
  }
}

const nat: Behaviour = {
  ...ec2("nat"),
  token: NAT_GATEWAY,
  words: "EC2 NAT Gateway",
  replaces: [
    "allocationId",
    "connectivityType",
    "privateIp",
    "secondaryPrivateIpAddressCount",
    "subnetId",
    "availabilityMode",
    "vpcId",
  ],
  references: [toSubnet("subnetId", "held"), toEip("allocationId", "held"), toEip("secondaryAllocationIds[]", "held")],
  defaults: () => ({ connectivityType: "public" }),
  minutes: { create: 2, delete: 1 },
  refuseCreate: ({ inputs }) => {
    if (inputs.availabilityMode === "regional") return;
    if (inputs.subnetId === undefined) {
      throw new AwsError("MissingParameter", "The request must contain the parameter subnetId");
    }
    if (inputs.connectivityType !== "private" && inputs.allocationId === undefined) {
      throw new AwsError("MissingParameter", "The request must contain the parameter allocationId");
    }
  },
  outputs: ({ world, inputs }, id) => {
    const block = parse(world.find(SUBNET, text(inputs, "subnetId") ?? "")?.properties.cidrBlock);
    const eip = world.find(EIP, text(inputs, "allocationId") ?? "");
    const publicSide = eip
      ? { publicIp: eip.properties.publicIp, associationId: `eipassoc-${world.hex(17, "association")}` }
      : {};
    return {
      ...publicSide,
      networkInterfaceId: `eni-${id.slice("nat-".length)}`,
      privateIp: text(inputs, "privateIp") ?? (block ? addressIn(block, 10) : ""),
    };
  },
  afterCreate: failNat,
};

const elasticIp: Behaviour = {
  ...ec2("eipalloc"),
  token: EIP,
  words: "EC2 EIP",
  replaces: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
  defaults: () => ({ domain: "vpc" }),
  outputs: ({ world }, id) => {
    // 203.0.113.0/24 is for examples (RFC 5737), so no text of a rehearsal names somebody's address.
    const publicIp = `203.0.113.${(parseInt(world.hex(4, "address"), 16) % 254) + 1}`;
    return {
      allocationId: id,
      arn: regionalArn(world, "ec2", `elastic-ip/${id}`),
      publicIp,
      publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${world.region}.compute.amazonaws.com`,
    };
  },
  refuseDelete: ({ world, stored }) => {
    const used = world
      .all(NETWORK_INTERFACE)
      .some(({ properties }) => texts(properties, "allocationId").includes(stored.id));
    if (used) throw new AwsError("InvalidIPAddress.InUse", `Address ${stored.id} is in use.`);
  },
};

/** What leads out of a VPC, and the addresses it needs. */
export const gateway: readonly Behaviour[] = [internet, egressOnly, nat, elasticIp];
