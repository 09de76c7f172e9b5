import type { Behaviour, Call, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { at, text, texts } from "../property";
import { ec2, toRouteTable, toSecurityGroup, toSubnet, toVpc, toVpcEndpoint } from "./reference";
import { type EndpointService, endpointServices } from "./endpoint-service";
import { prefixListId } from "./prefix-list";
import { NETWORK_INTERFACE, SUBNET, VPC, VPC_ENDPOINT } from "./token";

function serviceOf({ world, inputs }: Call): EndpointService {
  const name = text(inputs, "serviceName") ?? "";
  const service = endpointServices(world).find(({ serviceName }) => serviceName === name);
  if (service) return service;
  throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
}

function refuse(call: Call, self?: string): void {
  const { world, inputs } = call;
  if (inputs.serviceName === undefined) return; // a service network or resource: nothing that the twin knows
  const service = serviceOf(call);
  const type = text(inputs, "vpcEndpointType") ?? "Gateway";
  if (!service.types.some((offered) => offered === type)) {
    const message = `Endpoint type (${type}) does not match available service types (${service.types.join(", ")}).`;
    throw new AwsError("InvalidParameter", message);
  }
  refuseZones(world, texts(inputs, "subnetIds"));
  if (type === "Interface" && inputs.privateDnsEnabled === true) refusePrivateDns(call, service, self);
}

/** J13: one subnet a zone. */
function refuseZones(world: World, subnetIds: readonly string[]): void {
  const zones = subnetIds.map((id) => world.find(SUBNET, id)?.properties.availabilityZone);
  if (new Set(zones).size === zones.length) return;
  const message = "Found another VPC endpoint subnet in the availability zone of";
  const double = subnetIds.find((_, index) => zones.indexOf(zones[index]) !== index) ?? "";
  throw new AwsError("DuplicateSubnetsInSameZone", `${message} ${double}`);
}

/** J12: both DNS flags of the VPC; J13: one endpoint for a private name. */
function refusePrivateDns({ world, inputs }: Call, service: EndpointService, self?: string): void {
  const vpcId = text(inputs, "vpcId") ?? "";
  const vpc = world.find(VPC, vpcId);
  if (vpc?.properties.enableDnsSupport !== true || vpc.properties.enableDnsHostnames !== true) {
    const flags = "both enableDnsSupport and enableDnsHostnames VPC attributes set to true";
    throw new AwsError("InvalidParameter", `Enabling private DNS requires ${flags} for ${vpcId}`);
  }
  const inVpc = (stored: Stored) => stored.id !== self && stored.inputs.vpcId === vpcId;
  const siblings = world
    .all(VPC_ENDPOINT)
    .filter(inVpc)
    .map(({ inputs: other }) => other);
  const sameService = siblings.filter(({ serviceName }) => serviceName === service.serviceName);
  if (sameService.some(({ privateDnsEnabled }) => privateDnsEnabled === true)) {
    const message = `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service.privateDnsName} in the VPC ${vpcId}`;
    throw new AwsError("InvalidParameter", message);
  }
  const inboundOnly = at(inputs, "dnsOptions.privateDnsOnlyForInboundResolverEndpoint") === true;
  if (inboundOnly && !sameService.some(({ vpcEndpointType }) => (vpcEndpointType ?? "Gateway") === "Gateway")) {
    const message = `To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC ${vpcId} must have a Gateway endpoint for the service.`;
    throw new AwsError("InvalidParameter", message); // text not verified
  }
}

/** An interface endpoint has a network interface in each of its subnets. */
function interfacesOf({ world, inputs }: Call): readonly { readonly id: string; readonly subnetId: string }[] {
  if (inputs.vpcEndpointType !== "Interface") return [];
  return texts(inputs, "subnetIds").map((subnetId) => ({ id: `eni-${world.hex(17, subnetId)}`, subnetId }));
}

function plug(call: Call, endpointId: string): void {
  const { world, inputs } = call;
  const wanted = interfacesOf(call);
  unplug(world, endpointId, new Set(wanted.map(({ id }) => id)));
  for (const { id, subnetId } of wanted) {
    world.makeBehindTheBack({
      type: NETWORK_INTERFACE,
      id,
      properties: {
        description: `VPC Endpoint Interface ${endpointId}`,
        subnetId,
        vpcId: inputs.vpcId,
        securityGroups: texts(inputs, "securityGroupIds"),
      },
      note: `the network interface of ${endpointId} in this subnet; it goes with the endpoint`,
    });
  }
}

function unplug(world: World, endpointId: string, keep: ReadonlySet<string> = new Set()): void {
  for (const { id, properties } of world.all(NETWORK_INTERFACE)) {
    const isOwn = properties.description === `VPC Endpoint Interface ${endpointId}`;
    if (isOwn && !keep.has(id)) world.takeAway(NETWORK_INTERFACE, id);
  }
}

const connection: Behaviour = {
  ...ec2("vpce"),
  token: VPC_ENDPOINT,
  words: "EC2 VPC Endpoint",
  replaces: [
    "vpcId",
    "serviceName",
    "vpcEndpointType",
    "serviceRegion",
    "serviceNetworkArn",
    "resourceConfigurationArn",
    "dnsOptions.privateDnsPreference",
    "dnsOptions.privateDnsSpecifiedDomains",
  ],
  references: [
    toVpc("vpcId", "held"),
    toSubnet("subnetIds[]", "held"),
    toSecurityGroup("securityGroupIds[]", "held"),
    toRouteTable("routeTableIds[]"),
  ],
  defaults: () => ({ vpcEndpointType: "Gateway", privateDnsEnabled: false, ipAddressType: "ipv4" }),
  minutes: { create: 2, update: 1, delete: 2 },
  refuseCreate: (call) => {
    refuse(call);
  },
  refuseUpdate: (call) => {
    refuse(call, call.old.id);
  },
  outputs: (call, id) => {
    const { world, inputs } = call;
    const own = `${id}-${world.hex(8, "dns")}.${(text(inputs, "serviceName") ?? "").split(".").slice(3).join(".")}`;
    const zone = { dnsName: `${own}.${world.region}.vpce.amazonaws.com`, hostedZoneId: "Z7HUB22UULQXV" };
    const isInterface = inputs.vpcEndpointType === "Interface";
    return {
      arn: regionalArn(world, "ec2", `vpc-endpoint/${id}`),
      ownerId: world.accountId,
      requesterManaged: false,
      state: "available",
      networkInterfaceIds: interfacesOf(call).map((one) => one.id),
      dnsEntries: isInterface ? [zone] : [],
      cidrBlocks: [],
      ...(isInterface ? {} : { prefixListId: prefixListId(world, text(inputs, "serviceName") ?? "") }),
    };
  },
  afterCreate: plug,
  afterUpdate: (call) => {
    plug(call, call.old.id);
  },
  afterDelete: ({ world, stored }) => {
    unplug(world, stored.id);
  },
};

const policy: Behaviour = {
  service: "EC2",
  token: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  words: "EC2 VPC Endpoint Policy",
  replaces: ["vpcEndpointId"],
  references: [toVpcEndpoint("vpcEndpointId")],
  id: ({ inputs }) => text(inputs, "vpcEndpointId") ?? "",
  outputs: () => ({}),
};

/** Endpoints of AWS services in a VPC. */
export const endpoint: readonly Behaviour[] = [connection, policy];
