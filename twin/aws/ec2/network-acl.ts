import { crc32 } from "node:zlib";

import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text } from "../property";
import { ec2, toNetworkAcl, toSubnet, toVpc } from "./reference";
import { NETWORK_ACL } from "./token";

const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

const list: Behaviour = {
  ...ec2("acl"),
  token: NETWORK_ACL,
  words: "EC2 Network ACL",
  replaces: ["vpcId"],
  references: [toVpc("vpcId", "held"), toSubnet("subnetIds[]")],
  // A new list denies everything.
  defaults: () => ({ ingress: [], egress: [], subnetIds: [] }),
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `network-acl/${id}`),
    ownerId: world.accountId,
  }),
};

/** Adopts the list that AWS made with the VPC and wipes it: it then denies everything. Deleting this does nothing. */
const defaultList: Behaviour = {
  service: "EC2",
  token: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  words: "EC2 Default Network ACL",
  replaces: ["defaultNetworkAclId"],
  references: [toNetworkAcl("defaultNetworkAclId"), toSubnet("subnetIds[]")],
  defaults: () => ({ ingress: [], egress: [], subnetIds: [] }),
  id: ({ inputs }) => text(inputs, "defaultNetworkAclId") ?? "",
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ec2", `network-acl/${id}`),
    ownerId: world.accountId,
    vpcId: world.find(NETWORK_ACL, id)?.properties.vpcId,
  }),
};

/** J14: a rule number occurs once in a direction. */
function refuseRule({ world, inputs }: Call): void {
  const number = inputs.ruleNumber as number;
  if (!Number.isInteger(number) || number < 1 || number > 32766) {
    throw new AwsError("InvalidParameterValue", `Value (${number}) for parameter ruleNumber is invalid.`);
  }
  const isTaken = world
    .all(RULE)
    .some(
      ({ inputs: other }) =>
        other.networkAclId === inputs.networkAclId &&
        other.ruleNumber === number &&
        (other.egress ?? false) === (inputs.egress ?? false),
    );
  if (isTaken) {
    throw new AwsError("NetworkAclEntryAlreadyExists", `The network acl entry identified by ${number} already exists.`);
  }
}

const rule: Behaviour = {
  service: "EC2",
  token: RULE,
  words: "EC2 Network ACL Rule",
  replaces: "all",
  references: [toNetworkAcl("networkAclId")],
  defaults: () => ({ egress: false }),
  refuseCreate: refuseRule,
  id: ({ inputs }) => {
    const key = [inputs.networkAclId, inputs.ruleNumber, inputs.egress ?? false, inputs.protocol].join("-");
    return `nacl-${crc32(key)}`;
  },
  outputs: () => ({}),
};

const association: Behaviour = {
  ...ec2("aclassoc"),
  token: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  words: "EC2 Network ACL Association",
  replaces: "all",
  references: [toNetworkAcl("networkAclId", "held"), toSubnet("subnetId")],
  outputs: () => ({}),
};

/** Network access lists, their rules, and the subnets they stand before. */
export const networkAcl: readonly Behaviour[] = [list, defaultList, rule, association];
