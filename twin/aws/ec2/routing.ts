import { crc32 } from "node:zlib";

import type { Behaviour, Call, Properties, World } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { present, text } from "../property";
import { ec2, toRouteTable, toSubnet, toVpc } from "./reference";
import {
  EGRESS_ONLY_GATEWAY,
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  ROUTE,
  ROUTE_TABLE,
  ROUTE_TABLE_ASSOCIATION,
  SUBNET,
  VPC_ENDPOINT,
} from "./token";

const table: Behaviour = {
  ...ec2("rtb"),
  token: ROUTE_TABLE,
  words: "EC2 Route Table",
  replaces: ["vpcId"],
  references: [toVpc("vpcId", "held")],
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `route-table/${id}`),
    ownerId: world.accountId,
  }),
};

/** The inputs that say where a route leads, and what stands there. */
const TARGETS = {
  gatewayId: { type: INTERNET_GATEWAY, code: "InvalidInternetGatewayID.NotFound", noun: "internetGateway" },
  natGatewayId: { type: NAT_GATEWAY, code: "NatGatewayNotFound", noun: "natGateway" },
  egressOnlyGatewayId: { type: EGRESS_ONLY_GATEWAY, code: "InvalidGatewayID.NotFound", noun: "egressOnlyGateway" },
  vpcEndpointId: { type: VPC_ENDPOINT, code: "InvalidVpcEndpointId.NotFound", noun: "vpcEndpoint" },
} as const;
const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

/** J8: the target exists and lies in the table's VPC. */
function refuseTarget({ world, inputs }: Call): void {
  const tableId = text(inputs, "routeTableId") ?? "";
  const vpcId = world.find(ROUTE_TABLE, tableId)?.properties.vpcId;
  for (const [input, { type, code, noun }] of Object.entries(TARGETS)) {
    const id = text(inputs, input);
    if (id === undefined || id.startsWith("vgw-")) continue;
    const target = world.find(type, id);
    if (target === undefined) throw new AwsError(code, `The ${noun} ID '${id}' does not exist`);
    if (homeOf(world, target.properties) !== vpcId) {
      throw new AwsError(
        "InvalidParameterValue",
        `route table ${tableId} and network gateway ${id} belong to different networks`,
      );
    }
  }
}

function homeOf(world: World, properties: Properties): unknown {
  return properties.vpcId ?? world.find(SUBNET, text(properties, "subnetId") ?? "")?.properties.vpcId;
}

function destinationOf(inputs: Properties): string {
  return DESTINATIONS.map((key) => text(inputs, key)).find((value) => value !== undefined) ?? "";
}

function idOf({ inputs }: Call): string {
  return `r-${text(inputs, "routeTableId") ?? ""}${crc32(destinationOf(inputs))}`;
}

const route: Behaviour = {
  service: "EC2",
  token: ROUTE,
  words: "EC2 Route",
  replaces: ["routeTableId", ...DESTINATIONS],
  references: [toRouteTable("routeTableId")],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    if (present(inputs, ...DESTINATIONS) !== 1) {
      throw new AwsError("InvalidParameterCombination", `exactly one of ${DESTINATIONS.join(", ")} is needed`);
    }
    refuseTarget(call);
    if (world.find(ROUTE, idOf(call))) {
      const destination = destinationOf(inputs);
      throw new AwsError("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
    }
  },
  refuseUpdate: refuseTarget,
  minutes: { create: 0.05 },
  id: idOf,
  outputs: () => ({ origin: "CreateRoute", state: "active" }),
};

const association: Behaviour = {
  ...ec2("rtbassoc"),
  token: ROUTE_TABLE_ASSOCIATION,
  words: "EC2 Route Table Association",
  replaces: ["subnetId", "gatewayId"],
  references: [toRouteTable("routeTableId", "held"), toSubnet("subnetId")],
  refuseCreate: ({ world, inputs }) => {
    if (present(inputs, "subnetId", "gatewayId") !== 1) {
      throw new AwsError("InvalidParameterCombination", "exactly one of subnetId, gatewayId is needed");
    }
    const tableId = text(inputs, "routeTableId") ?? "";
    const subnet = world.find(SUBNET, text(inputs, "subnetId") ?? "");
    if (subnet && subnet.properties.vpcId !== world.find(ROUTE_TABLE, tableId)?.properties.vpcId) {
      throw new AwsError(
        "InvalidParameterValue",
        `route table ${tableId} and subnet ${subnet.id} belong to different networks`,
      );
    }
    const taken = world
      .all(ROUTE_TABLE_ASSOCIATION)
      .some((other) => other.inputs.subnetId === inputs.subnetId && other.inputs.gatewayId === inputs.gatewayId);
    if (taken) {
      throw new AwsError(
        "Resource.AlreadyAssociated",
        `the specified association for route table ${tableId} conflicts with an existing association`,
      );
    }
  },
  outputs: () => ({}),
};

/** Route tables, their routes, and who uses them. */
export const routing: readonly Behaviour[] = [table, route, association];
