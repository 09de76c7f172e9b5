import type * as aws from "@pulumi/aws";

import { worldly } from "../cidr";
import { type Control, inventoryControl, item, token } from "../control";
import type { Subject } from "../inventory";
import { loginPorts } from "./groups";
import { GROUP, INGRESS, OLD_RULE, ofTheWorld, RULING, type Ruling, rulesOf } from "./rule";

const ACL = token<aws.ec2.NetworkAclArgs>("aws:ec2/networkAcl:NetworkAcl");
const ENTRY = token<aws.ec2.NetworkAclRuleArgs>("aws:ec2/networkAclRule:NetworkAclRule");

/** One entry of an access list, inline or on its own. */
interface Entry extends Ruling {
  readonly action?: string | undefined;
  readonly ruleAction?: string | undefined;
  readonly cidrBlock?: string | undefined;
  readonly ipv6CidrBlock?: string | undefined;
}

const ssh = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 22, toPort: 22 };
const entry = { networkAclId: "acl-1", protocol: "tcp", ruleAction: "allow", ruleNumber: 100, cidrBlock: "0.0.0.0/0" };

/** What access lists and groups let in to administer a machine by. */
export const acl: readonly Control[] = [
  inventoryControl({
    id: "network-no-ssh-from-world",
    title: "Nobody logs in from the internet",
    severity: "critical",
    why: "SSH and RDP open to everybody are tried with every leaked password there is",
    fix: "remove the rule; nodes are reached through Systems Manager",
    refs: {
      catalogue: "EKS-NET-8",
      securityHub: ["EC2.13", "EC2.14", "EC2.21"],
      checkov: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_231", "CKV_AWS_232"],
      trivy: ["AWS-0105", "AWS-0107"],
    },
    // The block that AWS gives a VPC for IPv6 is known when the VPC is there, and an entry for it not before.
    decidedAt: "up",
    about: [...RULING.map(({ type }) => token<Entry>(type)), token<Entry>(ACL.type), token<Entry>(ENTRY.type)],
    *check(resource) {
      const ports = isAccessList(resource) ? admitted(resource) : groupPorts(resource);
      for (const port of new Set(ports)) yield `port ${port} is open to the internet`;
    },
    good: [
      [item(INGRESS, "ssh", { ...ssh, cidrIpv4: "10.20.0.0/16" })],
      [item(ENTRY, "answers", { ...entry, fromPort: 1024, toPort: 3388 })],
      [item(ENTRY, "deny", { ...entry, ruleAction: "deny", fromPort: 22, toPort: 22 })],
      [item(ENTRY, "out", { ...entry, egress: true, fromPort: 22, toPort: 22 })],
      [item(GROUP, "nodes", {})],
    ],
    bad: [
      [item(INGRESS, "ssh", { ...ssh, cidrIpv4: "0.0.0.0/0" })],
      [item(INGRESS, "rdp", { ...ssh, fromPort: 3000, toPort: 4000, cidrIpv6: "::/0" })],
      [
        item(OLD_RULE, "halves", {
          type: "ingress",
          securityGroupId: "sg-1",
          protocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
        }),
      ],
      [item(GROUP, "nodes", { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] })],
      [item(ENTRY, "answers", { ...entry, fromPort: 1024, toPort: 65535 })],
      [
        item(ACL, "public", {
          vpcId: "vpc-1",
          ingress: [{ action: "allow", protocol: "-1", fromPort: 0, toPort: 0, ruleNo: 100, cidrBlock: "0.0.0.0/0" }],
        }),
      ],
    ],
  }),
];

function isAccessList({ type }: Subject<Entry>): boolean {
  return type === ACL.type || type === ENTRY.type;
}

function groupPorts(resource: Subject<Entry>): number[] {
  return rulesOf(resource)
    .filter((rule) => rule.direction === "ingress" && ofTheWorld(rule))
    .flatMap(loginPorts);
}

// An entry that lets a port in counts although an earlier one may refuse it: order is easily changed by an editor.
function admitted({ type, inputs }: Subject<Entry>): number[] {
  const inbound = type === ACL.type ? ((inputs.ingress ?? []) as readonly Entry[]) : isInbound(inputs) ? [inputs] : [];
  return inbound
    .filter((one) => (one.action ?? one.ruleAction)?.toLowerCase() === "allow")
    .filter(({ cidrBlock, ipv6CidrBlock }) => worldly([cidrBlock, ipv6CidrBlock].filter((cidr) => cidr !== undefined)))
    .flatMap(({ protocol = "-1", fromPort = 0, toPort = 65535 }) =>
      loginPorts({ protocol, from: fromPort, to: toPort }),
    );
}

function isInbound(inputs: Entry): boolean {
  return (inputs.egress as unknown) !== true;
}
