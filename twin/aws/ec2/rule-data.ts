import type { Invoke, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text, texts } from "../property";

const RULES = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

const rulesOf = (world: World): readonly Stored[] => Object.values(RULES).flatMap((token) => world.all(token));

const getSecurityGroupRules: Invoke = (args, world) => {
  const passes = ({ id, properties }: Stored): boolean =>
    objects(args, "filters").every((filter) => {
      const values = texts(filter, "values");
      if (filter["name"] === "group-id") return values.includes(text(properties, "securityGroupId") ?? "");
      if (filter["name"] === "security-group-rule-id") return values.includes(id);
      throw new AwsError("InvalidParameterValue", `The filter '${String(filter["name"])}' is invalid`);
    });
  const ids = rulesOf(world)
    .filter(passes)
    .map(({ id }) => id);
  return { ...args, id: world.region, region: world.region, ids };
};

const getSecurityGroupRule: Invoke = (args, world) => {
  const wanted = text(args, "securityGroupRuleId") ?? "";
  const found = rulesOf(world).find(({ id }) => id === wanted);
  if (found === undefined)
    throw new AwsError("InvalidSecurityGroupRuleId.NotFound", `The security group rule ID '${wanted}' does not exist`);
  // The provider answers text that is empty and numbers that are zero where AWS answers nothing.
  const nothing = { cidrIpv4: "", cidrIpv6: "", description: "", prefixListId: "", referencedSecurityGroupId: "" };
  return {
    ...nothing,
    tags: {},
    fromPort: -1,
    toPort: -1,
    ...found.properties,
    id: found.id,
    isEgress: found.type === RULES.egress,
    region: world.region,
    securityGroupRuleId: found.id,
  };
};

/** What EC2 answers about the rules of security groups. */
export const ruleInvokes: Readonly<Record<string, Invoke>> = {
  "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": getSecurityGroupRule,
  "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": getSecurityGroupRules,
};
