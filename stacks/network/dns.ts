import * as aws from "@pulumi/aws";

import { buildNames } from "../image/source";
import type { Keys } from "../keys";
import { delivery } from "./delivery";
import { allowedDomains } from "./domains";
import { logGroup } from "./flow-log";
import type { Place, Site } from "./site";

/** Lets the VPC resolve the names it needs and no others, even when the firewall itself fails, and records every query. */
export function dnsFirewall(site: Site, place: Place, keys: Keys): void {
  const ruleGroup = new aws.route53.ResolverFirewallRuleGroup(site.name, {}, { parent: site.parent });
  const rules = [allow(site, ruleGroup), refuseOthers(site, ruleGroup)];

  associate(site, place, ruleGroup, rules);
  queryLog(site, place, keys);
}

/**
 * Allows the listed names. Their owners answer for where aliases lead; listing every CDN behind them would never end.
 * @control network-dns-names-listed
 * @control network-dns-aliases-followed
 */
function allow({ name, blueprint, parent }: Site, group: aws.route53.ResolverFirewallRuleGroup) {
  const domains = [
    ...allowedDomains(blueprint.region, [...blueprint.network.allowedDomains, ...buildNames(blueprint)]),
  ];
  const list = new aws.route53.ResolverFirewallDomainList(`${name}-allowed`, { domains }, { parent });

  return new aws.route53.ResolverFirewallRule(
    `${name}-allowed`,
    {
      firewallRuleGroupId: group.id,
      firewallDomainListId: list.id,
      priority: 100,
      action: "ALLOW",
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    },
    { parent },
  );
}

/** @control network-dns-firewall */
function refuseOthers({ name, parent }: Site, group: aws.route53.ResolverFirewallRuleGroup) {
  const list = new aws.route53.ResolverFirewallDomainList(`${name}-others`, { domains: ["*"] }, { parent });

  return new aws.route53.ResolverFirewallRule(
    `${name}-others`,
    {
      firewallRuleGroupId: group.id,
      firewallDomainListId: list.id,
      priority: 200,
      action: "BLOCK",
      blockResponse: "NXDOMAIN",
    },
    { parent },
  );
}

/**
 * @control network-dns-fail-closed
 * @control network-dns-firewall-locked
 */
function associate(
  { name, blueprint, parent }: Site,
  { vpcId }: Place,
  { id: firewallRuleGroupId }: aws.route53.ResolverFirewallRuleGroup,
  rules: readonly aws.route53.ResolverFirewallRule[],
): void {
  const mutationProtection = blueprint.teardown === undefined ? "ENABLED" : "DISABLED";

  // Fail closed: a firewall that cannot answer must not become one that lets everything pass.
  new aws.route53.ResolverFirewallConfig(name, { resourceId: vpcId, firewallFailOpen: "DISABLED" }, { parent });
  new aws.route53.ResolverFirewallRuleGroupAssociation(
    name,
    { vpcId, firewallRuleGroupId, priority: 101, mutationProtection },
    // A group with one rule only would for a moment let all names pass, or none.
    { parent, dependsOn: [...rules] },
  );
}

/** @control network-dns-query-log */
function queryLog(site: Site, { vpcId }: Place, keys: Keys): void {
  const { name, parent } = site;
  const group = logGroup(site, keys, "dns-queries");
  const config = new aws.route53.ResolverQueryLogConfig(
    name,
    { destinationArn: group.arn },
    { parent, dependsOn: [delivery(site, "dns-queries", [group])] },
  );

  new aws.route53.ResolverQueryLogConfigAssociation(
    name,
    { resolverQueryLogConfigId: config.id, resourceId: vpcId },
    { parent },
  );
}
