import { item } from "../control";
import type { Inventory, Item, Subject } from "../inventory";
import { EGRESS, GROUP, INGRESS, OLD_RULE, rulesOf } from "./rule";

/** What keeps a group from being one that nothing enters and that leads to other groups by TLS alone. */
export function* looseness(group: Subject<(typeof GROUP)["inputs"] & object>, inventory: Inventory) {
  for (const rule of [...inventory.linking(INGRESS, "securityGroupId", group)])
    yield `rule ${rule.name} lets something in`;
  for (const rule of inventory.linking(EGRESS, "securityGroupId", group)) {
    const tls = rulesOf(rule).every(({ protocol, from, to }) => protocol === "tcp" && from === 443 && to === 443);
    if (!tls) yield `rule ${rule.name} leads elsewhere than to 443`;
    if (!("referencedSecurityGroupId" in rule.inputs)) yield `rule ${rule.name} leads to addresses, not to a group`;
  }
  if (rulesOf(group).length > 0 || inventory.linking(OLD_RULE, "securityGroupId", group).length > 0)
    yield `group ${group.name} has rules that are not told one by one`;
}

const tls = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** A group with one rule, for examples. */
function withRule(kind: typeof EGRESS | typeof INGRESS, rule: object): readonly [Item, Item] {
  const group = item(GROUP, "own", {});
  return [group, item(kind, "rule", { ...tls, ...rule }, { links: { securityGroupId: [group] } })];
}

/** For examples: a group that is confined, and some that are not. */
export const confined = withRule(EGRESS, { referencedSecurityGroupId: "sg-2" });
export const loose: readonly (readonly [Item, Item])[] = [
  withRule(EGRESS, { cidrIpv4: "0.0.0.0/0" }),
  withRule(EGRESS, { referencedSecurityGroupId: "sg-2", toPort: 8443 }),
  withRule(INGRESS, { referencedSecurityGroupId: "sg-2" }),
];
