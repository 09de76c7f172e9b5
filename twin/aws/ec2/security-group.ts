import type { Behaviour, Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { present, text, texts } from "../property";
import { parse } from "./cidr";
import { ec2, toSecurityGroup, toVpc } from "./reference";
import { NETWORK_INTERFACE, SECURITY_GROUP, VPC } from "./token";

const group: Behaviour = {
  ...ec2("sg"),
  token: SECURITY_GROUP,
  words: "EC2 Security Group",
  replaces: ["name", "namePrefix", "description", "vpcId"],
  autoName: { property: "name" },
  references: [
    toVpc("vpcId", "held"),
    toSecurityGroup("ingress[].securityGroups[]", "held"),
    toSecurityGroup("egress[].securityGroups[]", "held"),
  ],
  defaults: () => ({ description: "Managed by Pulumi", ingress: [], egress: [] }),
  refuseCreate: ({ world, inputs }) => {
    if (inputs.vpcId === undefined) throw new AwsError("VPCIdNotSpecified", "No default VPC for this user.");
    const name = text(inputs, "name") ?? "";
    if (name.startsWith("sg-") || name.length > 255) {
      throw new AwsError("InvalidParameterValue", `Value (${name}) for parameter GroupName is invalid.`);
    }
    const twin = world
      .all(SECURITY_GROUP)
      .find(({ properties }) => properties.vpcId === inputs.vpcId && properties.name === name);
    if (twin === undefined) return;
    const vpcId = text(inputs, "vpcId") ?? "";
    throw new AwsError("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpcId}'`);
  },
  refuseDelete: ({ world, stored }) => {
    const used = world
      .all(NETWORK_INTERFACE)
      .some(({ properties }) => texts(properties, "securityGroups").includes(stored.id));
    if (used) throw new AwsError("DependencyViolation", `resource ${stored.id} has a dependent object`);
  },
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `security-group/${id}`),
    ownerId: world.accountId,
  }),
};

/** Adopts the group that AWS made with the VPC and takes all rules out of it; deleting this does nothing to the group. */
const defaultGroup: Behaviour = {
  service: "EC2",
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  words: "EC2 Default Security Group",
  replaces: ["vpcId"],
  references: [toVpc("vpcId")],
  id: ({ world, inputs }) => {
    const id = world.find(VPC, text(inputs, "vpcId") ?? "")?.properties.defaultSecurityGroupId;
    if (typeof id === "string") return id;
    throw new AwsError("VPCIdNotSpecified", "No default VPC for this user.");
  },
  defaults: () => ({ ingress: [], egress: [] }),
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `security-group/${id}`),
    ownerId: world.accountId,
    name: "default",
    description: "default VPC security group",
  }),
};

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;
const PARTS = [...PEERS, "ipProtocol", "fromPort", "toPort"] as const;

function refuseRule(token: string, { world, inputs }: Call, self?: string): void {
  if (present(inputs, ...PEERS) !== 1) {
    throw new AwsError("InvalidParameterCombination", `exactly one of ${PEERS.join(", ")} is needed`);
  }
  for (const cidr of [text(inputs, "cidrIpv4"), text(inputs, "cidrIpv6")]) {
    if (cidr === undefined || parse(cidr)) continue;
    throw new AwsError("InvalidParameterValue", `CIDR block ${cidr} is malformed`);
  }
  if (["tcp", "udp"].includes(text(inputs, "ipProtocol") ?? "") && present(inputs, "fromPort", "toPort") < 2) {
    const sentence = "Must specify both from and to ports with TCP/UDP.";
    throw new AwsError("InvalidParameterValue", `Invalid value '${sentence}' for portRange.`);
  }
  refuseForeignPeer({ world, inputs });

  const same = ({ inputs: other, id }: { inputs: Properties; id: string }) =>
    id !== self && other.securityGroupId === inputs.securityGroupId && PARTS.every((key) => other[key] === inputs[key]);
  if (world.all(token).some(same)) {
    throw new AwsError("InvalidPermission.Duplicate", `the specified rule "${described(inputs)}" already exists`);
  }
}

/** J10: a peer group lies in the same VPC; the twin knows no peering. */
function refuseForeignPeer({ world, inputs }: Call): void {
  const peer = world.find(SECURITY_GROUP, text(inputs, "referencedSecurityGroupId") ?? "");
  const own = world.find(SECURITY_GROUP, text(inputs, "securityGroupId") ?? "");
  if (peer === undefined || peer.properties.vpcId === own?.properties.vpcId) return;
  const message = `You have specified two resources that belong to different networks: ${peer.id}`;
  throw new AwsError("InvalidGroup.NotFound", message);
}

function described(inputs: Properties): string {
  const peer = PEERS.map((key) => text(inputs, key)).find((value) => value !== undefined) ?? "";
  const protocol = text(inputs, "ipProtocol") ?? "";
  if (protocol === "-1") return `peer: ${peer}, ALL, ALLOW`;
  const ports = `from port: ${String(inputs.fromPort)}, to port: ${String(inputs.toPort)}`;
  return `peer: ${peer}, ${protocol.toUpperCase()}, ${ports}, ALLOW`;
}

const rule = (direction: "Ingress" | "Egress"): Behaviour => {
  const token = `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`;
  return {
    ...ec2("sgr"),
    token,
    words: `VPC Security Group ${direction} Rule`,
    // One peer may change in place, but not into another kind of peer.
    replaces: ["securityGroupId", ...PEERS.map((peer) => `${peer}?`)],
    references: [toSecurityGroup("securityGroupId"), toSecurityGroup("referencedSecurityGroupId", "held")],
    refuseCreate: (call) => {
      refuseRule(token, call);
    },
    refuseUpdate: (call) => {
      refuseRule(token, call, call.old.id);
    },
    outputs: ({ world }, id) => ({
      arn: regionalArn(world, "ec2", `security-group-rule/${id}`),
      securityGroupRuleId: id,
    }),
  };
};

/** Security groups and their rules. */
export const securityGroup: readonly Behaviour[] = [group, defaultGroup, rule("Ingress"), rule("Egress")];
