import type * as aws from "@pulumi/aws";

import { worldly } from "../cidr";
import { token } from "../control";
import type { Subject } from "../inventory";

export const GROUP = token<aws.ec2.SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup");
export const INGRESS = token<aws.vpc.SecurityGroupIngressRuleArgs>(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);
export const EGRESS = token<aws.vpc.SecurityGroupEgressRuleArgs>(
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
);
export const OLD_RULE = token<aws.ec2.SecurityGroupRuleArgs>("aws:ec2/securityGroupRule:SecurityGroupRule");

/** The four places where a security group's rule can stand, seen as one: the fields of all of them. */
export interface Ruling {
  readonly type?: string | undefined;
  readonly cidrIpv4?: string | undefined;
  readonly cidrIpv6?: string | undefined;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  readonly ipProtocol?: string | undefined;
  readonly protocol?: string | undefined;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly description?: string | undefined;
  readonly ingress?: readonly Ruling[] | undefined;
  readonly egress?: readonly Ruling[] | undefined;
}

/** Everything that can hold a rule of a security group. */
export const RULING = [GROUP, INGRESS, EGRESS, OLD_RULE].map(({ type }) => token<Ruling>(type));

/** One rule, whichever way it was written. */
export interface Rule {
  readonly direction: "ingress" | "egress";
  readonly cidrs: readonly string[];
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly description: string | undefined;
}

/** The rules that a resource holds: one, or for a group those written inside it. */
export function rulesOf({ type, inputs }: Subject<Ruling>): Rule[] {
  switch (type) {
    case GROUP.type:
      return [
        ...(inputs.ingress ?? []).map((one) => rule("ingress", one)),
        ...(inputs.egress ?? []).map((one) => rule("egress", one)),
      ];
    case INGRESS.type:
      return [rule("ingress", inputs)];
    case EGRESS.type:
      return [rule("egress", inputs)];
    default:
      return [rule(inputs.type === "egress" ? "egress" : "ingress", inputs)];
  }
}

/** True when the rule speaks of everybody. */
export function ofTheWorld({ cidrs }: Rule): boolean {
  return worldly(cidrs);
}

/** True when the rule lets this TCP port pass. */
export function includesPort({ protocol, from, to }: Pick<Rule, "protocol" | "from" | "to">, port: number): boolean {
  if (protocol === "-1" || protocol === "all") return true;
  return ["tcp", "6"].includes(protocol) && from <= port && port <= to;
}

function rule(direction: Rule["direction"], one: Ruling): Rule {
  return {
    direction,
    cidrs: [one.cidrIpv4, one.cidrIpv6, ...(one.cidrBlocks ?? []), ...(one.ipv6CidrBlocks ?? [])].filter(
      (cidr) => cidr !== undefined,
    ),
    protocol: one.ipProtocol ?? one.protocol ?? "-1",
    from: one.fromPort ?? 0,
    to: one.toPort ?? one.fromPort ?? 65535,
    description: one.description,
  };
}
