import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import type { Item } from "../inventory";
import { VPC, vpcWith } from "./example";

const ASSOCIATION = token<aws.route53.ResolverFirewallRuleGroupAssociationArgs>(
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
);
const RULES = token<aws.route53.ResolverFirewallRuleGroupArgs>(
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
);
const RULE = token<aws.route53.ResolverFirewallRuleArgs>("aws:route53/resolverFirewallRule:ResolverFirewallRule");
const DOMAINS = token<aws.route53.ResolverFirewallDomainListArgs>(
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
);
const CONFIG = token<aws.route53.ResolverFirewallConfigArgs>(
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
);
const QUERY_LOG = token<aws.route53.ResolverQueryLogConfigAssociationArgs>(
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
);

const association = { firewallRuleGroupId: "rslvr-frg-1", priority: 101, vpcId: "vpc-1", name: "main" };

/** Which names a VPC may resolve. */
export const dns: readonly Control[] = [
  inventoryControl({
    id: "network-dns-firewall",
    title: "The VPC resolves named domains and no others",
    severity: "high",
    why: "a name that resolves is a way out: for commands to come in and for data to leave, even inside the query itself",
    fix: "let the last rule of the firewall answer NXDOMAIN to `*`",
    refs: {},
    about: [VPC],
    *check(vpc, inventory) {
      const associations = inventory.linking(ASSOCIATION, "vpcId", vpc);
      if (associations.length === 0) yield "no DNS firewall stands before the VPC's resolver";
      for (const group of associations.flatMap((one) => inventory.linked(one, "firewallRuleGroupId", RULES))) {
        const rules = inventory.linking(RULE, "firewallRuleGroupId", group);
        const last = rules.toSorted((a, b) => a.inputs.priority - b.inputs.priority).at(-1);
        const domains =
          last === undefined
            ? []
            : inventory.linked(last, "firewallDomainListId", DOMAINS).flatMap(({ inputs }) => inputs.domains ?? []);
        if (last?.inputs.action !== "BLOCK" || !domains.includes("*"))
          yield `rule group ${group.name} lets every name pass that no rule names`;
        else if (last.inputs.blockResponse !== "NXDOMAIN")
          yield `rule group ${group.name} does not say that a refused name does not exist`;
      }
    },
    good: [firewall({})],
    bad: [
      vpcWith(),
      firewall({ action: "ALERT" }),
      firewall({ blockResponse: "NODATA" }),
      firewall({ domains: ["example.com."] }),
    ],
  }),

  inventoryControl({
    id: "network-dns-fail-closed",
    title: "A DNS firewall that fails lets nothing pass",
    severity: "medium",
    why: "otherwise whoever can overload the firewall has switched it off",
    fix: 'register `aws.route53.ResolverFirewallConfig` with `firewallFailOpen: "DISABLED"`',
    refs: {},
    about: [VPC],
    *check(vpc, inventory) {
      const [config] = inventory.linking(CONFIG, "resourceId", vpc);
      if (config?.inputs.firewallFailOpen !== "DISABLED")
        yield "nobody decided that a failing DNS firewall stays closed";
    },
    good: [
      vpcWith((vpc) =>
        item(CONFIG, "main", { resourceId: "vpc-1", firewallFailOpen: "DISABLED" }, { links: { resourceId: [vpc] } }),
      ),
    ],
    bad: [
      vpcWith(),
      vpcWith((vpc) =>
        item(CONFIG, "main", { resourceId: "vpc-1", firewallFailOpen: "ENABLED" }, { links: { resourceId: [vpc] } }),
      ),
    ],
  }),

  resourceControl({
    id: "network-dns-firewall-locked",
    title: "The DNS firewall cannot be taken off the VPC by one call",
    severity: "low",
    why: "whoever gets in first removes what watches the way out",
    fix: 'set `mutationProtection: "ENABLED"`',
    refs: {},
    resource: ASSOCIATION,
    *check({ mutationProtection }) {
      if (mutationProtection !== "ENABLED")
        yield { path: "mutationProtection", message: "one call takes the firewall off the VPC" };
    },
    good: [{ ...association, mutationProtection: "ENABLED" }],
    bad: [association, { ...association, mutationProtection: "DISABLED" }],
  }),

  inventoryControl({
    id: "network-dns-names-listed",
    title: "The allow-list names domains, not the internet",
    severity: "high",
    why: "`*` or a whole top-level domain in the allow-list is no list",
    fix: "name the domains in `network.allowedDomains`",
    refs: {},
    about: [RULE],
    *check(rule, inventory) {
      if (rule.inputs.action !== "ALLOW") return;
      const domains = inventory
        .linked(rule, "firewallDomainListId", DOMAINS)
        .flatMap(({ inputs }) => inputs.domains ?? []);
      for (const domain of domains.filter((one) => /^\*?\.?[^.]*\.?$/.test(one)))
        yield `the allow-list holds "${domain}"`;
    },
    good: [firewall({}), firewall({ allowed: ["*.eu-central-1.amazonaws.com"] })],
    bad: [firewall({ allowed: ["*"] }), firewall({ allowed: ["example.com", "*.com."] })],
  }),

  inventoryControl({
    id: "network-dns-aliases-followed",
    title: "An allowed name may lead where its owner points it",
    severity: "low",
    why: "else every allowed name that is an alias of a content network fails, and somebody allows the network as a whole",
    fix: 'set `firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN"` on the rule that allows',
    refs: {},
    about: [RULE],
    *check({ inputs: { action, firewallDomainRedirectionAction } }) {
      if (action === "ALLOW" && firewallDomainRedirectionAction !== "TRUST_REDIRECTION_DOMAIN")
        yield { path: "firewallDomainRedirectionAction", message: "aliases of allowed names do not resolve" };
    },
    good: [firewall({})],
    bad: [firewall({ follow: "INSPECT_REDIRECTION_DOMAIN" })],
  }),

  inventoryControl({
    id: "network-dns-query-log",
    title: "Every name that the VPC asks for is on record",
    severity: "medium",
    why: "the names tell what an intruder's program talks to, when addresses say nothing",
    fix: "register `aws.route53.ResolverQueryLogConfigAssociation` on the VPC",
    refs: {},
    about: [VPC],
    *check(vpc, inventory) {
      if (inventory.linking(QUERY_LOG, "resourceId", vpc).length === 0)
        yield "nothing records the names that the VPC asks for";
    },
    good: [
      vpcWith((vpc) =>
        item(
          QUERY_LOG,
          "main",
          { resolverQueryLogConfigId: "rqlc-1", resourceId: "vpc-1" },
          { links: { resourceId: [vpc] } },
        ),
      ),
    ],
    bad: [vpcWith()],
  }),
];

function firewall({
  allowed = ["example.com."],
  action = "BLOCK",
  blockResponse = "NXDOMAIN",
  domains = ["*"],
  follow = "TRUST_REDIRECTION_DOMAIN",
}): readonly Item[] {
  const group = item(RULES, "main", {});
  const rule = (name: string, list: Item, inputs: object) =>
    item(
      RULE,
      name,
      { firewallRuleGroupId: "g", action: "ALLOW", priority: 100, ...inputs },
      { links: { firewallRuleGroupId: [group], firewallDomainListId: [list] } },
    );
  const [names, others] = [item(DOMAINS, "allowed", { domains: allowed }), item(DOMAINS, "others", { domains })];
  const parts = [
    rule("allowed", names, { firewallDomainRedirectionAction: follow }),
    rule("others", others, { action, blockResponse, priority: 200 }),
  ];
  return [
    ...vpcWith((vpc) =>
      item(ASSOCIATION, "main", association, { links: { vpcId: [vpc], firewallRuleGroupId: [group] } }),
    ),
    group,
    names,
    others,
    ...parts,
  ];
}
