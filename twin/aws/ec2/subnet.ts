import type { Behaviour, Call, Stored } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text, texts } from "../property";
import { contains, overlap, parse } from "./cidr";
import { ec2, toSubnet, toVpc } from "./reference";
import { CIDR_ASSOCIATION, NETWORK_INTERFACE, SUBNET, VPC } from "./token";
import { type Zone, zonesOf } from "./zone";

/** The zone a subnet asks for; AWS chooses the first when it asks for none. */
function zoneOf({ world, inputs }: Call): Zone {
  const zones = zonesOf(world.region);
  const { availabilityZone: name, availabilityZoneId: id } = inputs;
  const zone = zones.find((one) => (name === undefined || one.name === name) && (id === undefined || one.id === id));
  if (zone) return zone;
  const asked = typeof name === "string" ? name : String(id);
  const offered = zones.map((one) => one.name).join(", ");
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${asked}) for parameter availabilityZone is invalid. ` +
      `Subnets can currently only be created in the following availability zones: ${offered}.`,
  );
}

/** J1: inside the VPC, /16 to /28. J2: no overlap with another subnet of the VPC. */
function refuseBlock(call: Call): void {
  const { world, inputs } = call;
  zoneOf(call);
  const vpcId = text(inputs, "vpcId") ?? "";
  const vpc = world.find(VPC, vpcId);
  const inVpc = ({ properties }: Stored) => properties.vpcId === vpcId;
  const further = world
    .all(CIDR_ASSOCIATION)
    .filter(inVpc)
    .map(({ properties }) => properties.cidrBlock);
  const siblings = world.all(SUBNET).filter(inVpc);

  for (const [property, sizes] of [
    ["cidrBlock", { min: 16, max: 28 }],
    ["ipv6CidrBlock", { min: 44, max: 64 }],
  ] as const) {
    const written = text(inputs, property);
    if (written === undefined) continue;
    const block = parse(written);
    const outer = [vpc?.properties[property], ...(property === "cidrBlock" ? further : [])].map(parse);
    const fits = block && block.prefix >= sizes.min && block.prefix <= sizes.max;
    if (!fits || !outer.some((one) => one && contains(one, block))) {
      throw new AwsError("InvalidSubnet.Range", `The CIDR '${written}' is invalid.`);
    }
    for (const { properties } of siblings) {
      const other = parse(properties[property]);
      if (other && overlap(block, other)) {
        throw new AwsError("InvalidSubnet.Conflict", `The CIDR '${written}' conflicts with another subnet`);
      }
    }
  }
}

const subnetwork: Behaviour = {
  ...ec2("subnet"),
  token: SUBNET,
  words: "EC2 Subnet",
  replaces: [
    "vpcId",
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "outpostArn",
  ],
  references: [toVpc("vpcId", "held")],
  defaults: () => ({
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    privateDnsHostnameTypeOnLaunch: "ip-name",
  }),
  minutes: { create: 0.1 },
  refuseCreate: refuseBlock,
  refuseDelete: ({ world, stored }) => {
    const inside = world.all(NETWORK_INTERFACE).some(({ properties }) => properties.subnetId === stored.id);
    if (inside) {
      throw new AwsError("DependencyViolation", `The subnet '${stored.id}' has dependencies and cannot be deleted.`);
    }
  },
  outputs: (call, id) => {
    const { world } = call;
    const zone = zoneOf(call);
    return {
      arn: regionalArn(world, "ec2", `subnet/${id}`),
      ownerId: world.accountId,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
    };
  },
};

const RESERVATION = "aws:ec2/subnetCidrReservation:SubnetCidrReservation";

const reservation: Behaviour = {
  ...ec2("scr"),
  token: RESERVATION,
  words: "EC2 Subnet CIDR Reservation",
  replaces: "all",
  references: [toSubnet("subnetId")],
  refuseCreate: ({ world, inputs }) => {
    const block = parse(inputs.cidrBlock);
    const outer = parse(world.find(SUBNET, text(inputs, "subnetId") ?? "")?.properties.cidrBlock);
    const [written] = texts(inputs, "cidrBlock");
    const overlaps = world.all(RESERVATION).some((other) => {
      const taken = parse(other.inputs.cidrBlock);
      return (
        taken &&
        block &&
        other.inputs.subnetId === inputs.subnetId &&
        (contains(taken, block) || contains(block, taken))
      );
    });
    // "the CIDR ranges cannot overlap" (VPC User Guide, "Subnet CIDR reservations"); code and words not verified.
    if (overlaps)
      throw new AwsError("InvalidParameterValue", `The CIDR block ${written ?? ""} overlaps a reservation.`);
    if (block && outer && contains(outer, block)) return;
    throw new AwsError("InvalidParameterValue", `The CIDR block ${written ?? ""} is not within the subnet's CIDR.`);
  },
  outputs: ({ world }) => ({ ownerId: world.accountId }),
};

/** Subnets, and blocks reserved in them. */
export const subnet: readonly Behaviour[] = [subnetwork, reservation];
