import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { text, texts } from "../property";
import { kindOf, refuseSubnets, subnetIds, subnetsOf } from "./subnet";
import { LOAD_BALANCER, refuseName, suffixOf } from "./token";

const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

/** The zones that hold the names of application and network load balancers (AWS general reference, "ELB endpoints"). */
const ZONES: Readonly<Record<string, { readonly app: string; readonly net: string }>> = {
  "eu-central-1": { app: "Z215JYRZR1TBD5", net: "Z3F0SRJ5LGBH90" },
  "eu-west-1": { app: "Z32O12XQLNTSW2", net: "Z2IFOLAFXWLO4F" },
  "us-east-1": { app: "Z35SXDOTRQ7X7K", net: "Z26RNL4JYFTOTI" },
  "us-west-2": { app: "Z1H1FL5HABSF5", net: "Z18D5FSROUN65G" },
};

const noSubnet = (id: string): AwsError => new AwsError("SubnetNotFound", `The subnet ID '${id}' does not exist`);

/** A load balancer; it holds a network interface in each of its subnets. */
export const loadBalancer: Behaviour = {
  token: LOAD_BALANCER,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Load Balancer",
  // SDK documentation and provider source (elbv2/load_balancer.go, an older text).
  replaces: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
  autoName: { property: "name" },
  minutes: { create: 3, update: 1, delete: 1 },
  defaults: ({ inputs }) => ({
    internal: false,
    ipAddressType: "ipv4",
    loadBalancerType: "application",
    enableDeletionProtection: false,
    enableCrossZoneLoadBalancing: kindOf(inputs) === "app",
    ...(kindOf(inputs) === "app" && {
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableHttp2: true,
      enableWafFailOpen: false,
      idleTimeout: 60,
      xffHeaderProcessingMode: "append",
    }),
  }),
  references: [
    { path: "subnets[]", to: "aws:ec2/subnet:Subnet", missing: noSubnet },
    { path: "subnetMappings[].subnetId", to: "aws:ec2/subnet:Subnet", missing: noSubnet },
    {
      path: "securityGroups[]",
      to: "aws:ec2/securityGroup:SecurityGroup",
      missing: (id) => new AwsError("InvalidSecurityGroup", `The security group ID '${id}' does not exist`), // wording not verified
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const name = text(inputs, "name") ?? "";
    refuseName(name);
    if (world.findBy(LOAD_BALANCER, "name", name) !== undefined)
      throw new AwsError(
        "DuplicateLoadBalancerName",
        `A load balancer with the same name '${name}' exists, but with different settings`,
      );
    refuseSubnets(call);
  },
  refuseUpdate: refuseSubnets,
  refuseDelete: ({ stored }) => {
    if (stored.properties["enableDeletionProtection"] === true)
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${stored.id}' cannot be deleted because deletion protection is enabled`,
      );
  },
  id: ({ world, inputs }) =>
    regionalArn(
      world,
      "elasticloadbalancing",
      `loadbalancer/${kindOf(inputs)}/${text(inputs, "name") ?? ""}/${world.hex(16)}`,
    ),
  outputs: ({ world, inputs }, id) => {
    const kind = kindOf(inputs);
    const name = `${inputs["internal"] === true ? "internal-" : ""}${text(inputs, "name") ?? ""}`;
    const zone = ZONES[world.region];
    const dnsName =
      kind === "net"
        ? `${text(inputs, "name") ?? ""}-${world.hex(16)}.elb.${world.region}.amazonaws.com`
        : `${name}-${String(Number.parseInt(world.hex(8, "dns"), 16))}.${world.region}.elb.amazonaws.com`;
    return {
      arn: id,
      arnSuffix: suffixOf(id),
      dnsName,
      vpcId: subnetsOf(world, inputs)[0]?.properties["vpcId"] ?? "",
      zoneId: (kind === "net" ? zone?.net : zone?.app) ?? `Z${world.hex(13, "zone").toUpperCase()}`,
      subnets: subnetIds(inputs),
    };
  },
  afterCreate: ({ world, inputs }, id) => {
    ensureServiceLinkedRole(world, "elasticloadbalancing.amazonaws.com");
    for (const subnet of subnetsOf(world, inputs)) {
      const { vpcId } = subnet.properties;
      const properties = {
        description: `ELB ${suffixOf(id)}`,
        subnetId: subnet.id,
        vpcId,
        securityGroups: texts(inputs, "securityGroups"),
      };
      const note = `a load balancer holds a network interface in each of its subnets; they go with ${id}`;
      world.makeBehindTheBack({ type: NETWORK_INTERFACE, id: `eni-${world.hex(17, subnet.id)}`, properties, note });
    }
  },
  afterDelete: ({ world, stored }) => {
    for (const { id, properties, urn } of world.all(NETWORK_INTERFACE))
      if (urn === undefined && properties["description"] === `ELB ${suffixOf(stored.id)}`)
        world.takeAway(NETWORK_INTERFACE, id);
  },
};
