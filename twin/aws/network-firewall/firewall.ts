import type { Behaviour, Call, Stored } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { text } from "../property";
import { clearEndpoints, endpointId, placeEndpoints, subnetsOf } from "./endpoint";
import { FIREWALL, inUse, invalid, POLICY, refuseTwin } from "./token";

const zoneOf = (subnet: Stored): string => text(subnet.properties, "availabilityZone") ?? "";

/** A firewall: slow to make, with an endpoint in each of its subnets. */
export const firewall: Behaviour = {
  token: FIREWALL,
  service: "Network Firewall",
  words: "NetworkFirewall Firewall",
  replaces: ["name", "vpcId", "transitGatewayId"],
  required: ["firewallPolicyArn"],
  autoName: { property: "name" },
  minutes: { create: 6, update: 5, delete: 8 },
  defaults: () => ({ deleteProtection: false, firewallPolicyChangeProtection: false, subnetChangeProtection: false }),
  references: [
    {
      path: "firewallPolicyArn",
      to: POLICY,
      by: "arn",
      missing: (arn) => new AwsError("ResourceNotFoundException", `Firewall policy ${arn} does not exist`),
      held: inUse,
    },
    { path: "vpcId", to: "aws:ec2/vpc:Vpc", missing: (id) => invalid(`The vpc ID '${id}' does not exist`) },
    {
      path: "subnetMappings[].subnetId",
      to: "aws:ec2/subnet:Subnet",
      missing: (id) => invalid(`The subnet ID '${id}' does not exist`),
    },
  ],
  refuseCreate: (call) => {
    refuseTwin(FIREWALL)(call);
    refuseSubnets(call);
  },
  refuseUpdate: (call) => {
    refuseSubnets(call);
    const { old, changed } = call;
    const guarded = (flag: string): boolean => old.properties[flag] === true && call.inputs[flag] === true;
    if (changed.includes("firewallPolicyArn") && guarded("firewallPolicyChangeProtection"))
      throw new AwsError("InvalidOperationException", "Firewall policy change protection is enabled");
    if (changed.includes("subnetMappings") && guarded("subnetChangeProtection"))
      throw new AwsError("InvalidOperationException", "Subnet change protection is enabled");
  },
  refuseDelete: ({ stored }) => {
    if (stored.properties["deleteProtection"] === true)
      throw new AwsError("InvalidOperationException", "Delete protection is enabled for the firewall");
  },
  id: ({ world, inputs }) => regionalArn(world, "network-firewall", `firewall/${text(inputs, "name") ?? ""}`),
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    firewallStatuses: [
      {
        syncStates: subnetsOf(world, inputs).map((subnet) => ({
          availabilityZone: zoneOf(subnet),
          attachments: [{ endpointId: endpointId(world, subnet), subnetId: subnet.id }],
        })),
        transitGatewayAttachmentSyncStates: [],
      },
    ],
    transitGatewayOwnerAccountId: "",
    updateToken: world.uuid(world.now()),
  }),
  afterCreate: ({ world, inputs }, id) => {
    ensureServiceLinkedRole(world, "network-firewall.amazonaws.com");
    placeEndpoints(world, inputs, id);
  },
  afterUpdate: ({ world, inputs, old }) => {
    clearEndpoints(world, old.id);
    placeEndpoints(world, inputs, old.id);
  },
  afterDelete: ({ world, stored }) => {
    clearEndpoints(world, stored.id);
  },
};

function refuseSubnets({ world, inputs }: Call): void {
  if (inputs["transitGatewayId"] !== undefined) return;
  const subnets = subnetsOf(world, inputs);
  if (inputs["vpcId"] === undefined || subnets.length === 0) throw invalid("A firewall needs vpcId and subnetMappings");
  if (new Set(subnets.map(zoneOf)).size < subnets.length) throw invalid("Only one subnet per availability zone");
  if (subnets.some(({ properties }) => properties["vpcId"] !== inputs["vpcId"]))
    throw invalid("The subnets of a firewall lie in its VPC"); // wording not verified
}
