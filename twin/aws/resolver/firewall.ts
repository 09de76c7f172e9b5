import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { present, text, texts } from "../property";
import { DOMAIN_LIST, resolverType, RULE, RULE_GROUP, toDomainList, toRuleGroup, toVpc } from "./reference";

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);

const domainList: Behaviour = {
  ...resolverType("rslvr-fdl"),
  token: DOMAIN_LIST,
  words: "Route53 Resolver Firewall Domain List",
  replaces: ["name"],
  autoName: { property: "name" },
  refuseCreate: ({ inputs }) => {
    const wrong = texts(inputs, "domains").find((domain) => !/^\*?[^\s*]{0,254}$/.test(domain) || domain === "");
    if (wrong !== undefined) throw invalid(`The domain '${wrong}' is not valid.`);
  },
  outputs: ({ world }, id) => ({ arn: regionalArn(world, "route53resolver", `firewall-domain-list/${id}`) }),
};

const ruleGroup: Behaviour = {
  ...resolverType("rslvr-frg"),
  token: RULE_GROUP,
  words: "Route53 Resolver Firewall Rule Group",
  replaces: ["name"],
  autoName: { property: "name" },
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "route53resolver", `firewall-rule-group/${id}`),
    ownerId: world.accountId,
    shareStatus: "NOT_SHARED",
  }),
};

/** An action with its answer, one list or one threat protection, and a priority of its own in the group. */
function refuseRule({ world, inputs }: Call, self?: string): void {
  const { action } = inputs;
  if (!["ALLOW", "BLOCK", "ALERT"].includes(String(action))) throw invalid(`action ${String(action)} is not valid`);
  if ((action === "BLOCK") !== (inputs.blockResponse !== undefined)) {
    throw invalid("blockResponse is needed for BLOCK, and only for it");
  }
  if (inputs.blockResponse === "OVERRIDE" && present(inputs, "blockOverrideDomain", "blockOverrideTtl") < 2) {
    throw invalid("an OVERRIDE needs blockOverrideDomain, blockOverrideDnsType and blockOverrideTtl");
  }
  if (present(inputs, "firewallDomainListId", "dnsThreatProtection") !== 1) {
    throw invalid("exactly one of firewallDomainListId, dnsThreatProtection is needed");
  }
  const rules = world
    .all(RULE)
    .filter((other) => other.id !== self && other.inputs.firewallRuleGroupId === inputs.firewallRuleGroupId);
  if (rules.some((other) => other.inputs.priority === inputs.priority)) {
    throw new AwsError("ConflictException", `priority ${String(inputs.priority)} is taken in the rule group`, 409);
  }
}

const rule: Behaviour = {
  service: "Route53Resolver",
  token: RULE,
  words: "Route53 Resolver Firewall Rule",
  replaces: ["firewallDomainListId", "firewallRuleGroupId", "dnsThreatProtection", "qType"],
  autoName: { property: "name" },
  references: [toRuleGroup("firewallRuleGroupId"), toDomainList("firewallDomainListId")],
  defaults: () => ({ firewallDomainRedirectionAction: "INSPECT_REDIRECTION_DOMAIN" }),
  refuseCreate: (call) => {
    refuseRule(call);
  },
  refuseUpdate: (call) => {
    refuseRule(call, call.old.id);
  },
  id: ({ world, inputs }) => {
    const listed = text(inputs, "firewallDomainListId") ?? `rslvr-ftp-${world.hex(17)}`;
    return `${text(inputs, "firewallRuleGroupId") ?? ""}:${listed}`;
  },
  outputs: () => ({}),
};

const ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";

const association: Behaviour = {
  ...resolverType("rslvr-frgassoc"),
  token: ASSOCIATION,
  words: "Route53 Resolver Firewall Rule Group Association",
  replaces: ["firewallRuleGroupId", "vpcId"],
  autoName: { property: "name" },
  references: [toRuleGroup("firewallRuleGroupId"), toVpc("vpcId")],
  defaults: () => ({ mutationProtection: "DISABLED" }),
  minutes: { create: 1, delete: 1 },
  refuseCreate: ({ world, inputs }) => {
    const priority = Number(inputs.priority);
    if (priority <= 100 || priority >= 10000) throw invalid("priority lies between 101 and 9999");
    const others = world.all(ASSOCIATION).filter((other) => other.inputs.vpcId === inputs.vpcId);
    if (others.some((other) => other.inputs.priority === priority)) {
      throw new AwsError("ConflictException", `priority ${priority} is taken in the VPC`, 409);
    }
  },
  refuseDelete: ({ stored }) => {
    if (stored.inputs.mutationProtection !== "ENABLED") return;
    throw new AwsError("AccessDeniedException", "the association is protected against mutation"); // text not verified
  },
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "route53resolver", `firewall-rule-group-association/${id}`),
  }),
};

/** DNS Firewall. */
export const firewall: readonly Behaviour[] = [domainList, ruleGroup, rule, association];
