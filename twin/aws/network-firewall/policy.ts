import type { Behaviour, Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { objects, text } from "../property";
import { inUse, invalid, POLICY, refuseTwin, RULE_GROUP } from "./token";

const groupReference = (kind: string) => ({
  path: `firewallPolicy.${kind}[].resourceArn`,
  to: RULE_GROUP,
  by: "arn",
  unless: (arn: string) => /:aws-managed:/.test(arn),
  missing: (arn: string) => new AwsError("ResourceNotFoundException", `Rule group ${arn} does not exist`),
  held: inUse,
});

const STRICT_ONLY = /^aws:(drop|alert)_(strict|established)/;

/** What a firewall does with traffic: its groups and what happens to the rest. */
export const firewallPolicy: Behaviour = {
  token: POLICY,
  service: "Network Firewall",
  words: "NetworkFirewall Firewall Policy",
  replaces: ["name", "firewallPolicy.statefulEngineOptions.ruleOrder"],
  required: ["firewallPolicy.statelessDefaultActions", "firewallPolicy.statelessFragmentDefaultActions"],
  autoName: { property: "name" },
  references: [groupReference("statefulRuleGroupReferences"), groupReference("statelessRuleGroupReferences")],
  refuseCreate: (call) => {
    refuseTwin(POLICY)(call);
    refuseOrders(call);
  },
  refuseUpdate: refuseOrders,
  id: ({ world, inputs }) => regionalArn(world, "network-firewall", `firewall-policy/${text(inputs, "name") ?? ""}`),
  outputs: ({ world }, id) => ({ arn: id, updateToken: world.uuid(world.now()) }),
};

const orderOf = (properties: Properties, path: string): string => text(properties, path) ?? "DEFAULT_ACTION_ORDER";

/** A policy in strict order takes only groups in strict order, and only then default actions for stateful traffic. */
function refuseOrders({ world, inputs }: Call): void {
  const order = orderOf(inputs, "firewallPolicy.statefulEngineOptions.ruleOrder");
  const policy = objects(inputs, "firewallPolicy")[0] ?? {};
  const actions = Array.isArray(policy["statefulDefaultActions"]) ? policy["statefulDefaultActions"] : [];
  if (order !== "STRICT_ORDER" && actions.some((action) => STRICT_ONLY.test(String(action))))
    throw invalid("Stateful default actions are only for STRICT_ORDER");
  for (const reference of objects(policy, "statefulRuleGroupReferences")) {
    const group = world.findBy(RULE_GROUP, "arn", reference["resourceArn"]);
    if (group !== undefined && orderOf(group.inputs, "ruleGroup.statefulRuleOptions.ruleOrder") !== order)
      throw invalid(`The rule order of ${group.id} is not the policy's ${order}`);
  }
}

/** Rules that policies share. */
export const ruleGroup: Behaviour = {
  token: RULE_GROUP,
  service: "Network Firewall",
  words: "NetworkFirewall Rule Group",
  replaces: ["capacity", "name", "type", "ruleGroup.statefulRuleOptions.ruleOrder"],
  required: ["capacity", "type"],
  autoName: { property: "name" },
  refuseCreate: refuseTwin(RULE_GROUP),
  id: ({ world, inputs }) => {
    const kind = inputs["type"] === "STATELESS" ? "stateless-rulegroup" : "stateful-rulegroup";
    return regionalArn(world, "network-firewall", `${kind}/${text(inputs, "name") ?? ""}`);
  },
  outputs: ({ world }, id) => ({ arn: id, updateToken: world.uuid(world.now()) }),
};
