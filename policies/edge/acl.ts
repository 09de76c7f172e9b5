import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { ACL, acl as base, aclArn, ASSOCIATION, BALANCER, facesInternet, guarded, managed, seen } from "./example";

const GROUP = token<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
const LOGGING = token<aws.wafv2.WebAclLoggingConfigurationArgs>(
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
);

/** The rule groups that every application can bear. */
const BASELINE = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesAntiDDoSRuleSet",
];
const SECRETS = ["authorization", "cookie"];

const groups = BASELINE.map((name) => managed(name));
const rate = {
  name: "rate",
  priority: 9,
  action: { block: {} },
  statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP" } },
  visibilityConfig: seen,
};
const counting = [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }];
const redacted = SECRETS.map((name) => ({ singleHeader: { name } }));

/** What a web ACL refuses, shows and writes down, and that it stands before every door. */
export const acl: readonly Control[] = [
  inventoryControl({
    id: "edge-waf-associated",
    title: "A regional web ACL stands before every load balancer of the internet",
    severity: "critical",
    why: "without it every scanner, bot and known attack reaches the application",
    fix: "register `aws.wafv2.WebAclAssociation` with the load balancer's ARN",
    refs: { catalogue: "EKS-WAF-1", securityHub: ["ELB.16"], checkov: ["CKV2_AWS_28"] },
    about: [BALANCER],
    *check(balancer, inventory) {
      if (!facesInternet(balancer.inputs)) return;
      const acls = inventory
        .linking(ASSOCIATION, "resourceArn", balancer)
        .flatMap((association) => inventory.linked(association, "webAclArn", ACL));
      if (!acls.some(({ inputs }) => inputs.scope === "REGIONAL"))
        yield "no regional web ACL stands before the load balancer";
    },
    good: [guarded({ internal: false }), [item(BALANCER, "main", { internal: true })]],
    bad: [[item(BALANCER, "main", { internal: false })], [item(BALANCER, "main", {})]],
  }),

  resourceControl({
    id: "edge-waf-baseline",
    title: "Every web ACL holds the rules that any application can bear, and a limit of requests",
    severity: "high",
    why: "these rules stop the attacks that are tried on everybody; the limit stops who tries all passwords",
    fix: `add ${BASELINE.join(", ")} and a rate-based rule that blocks`,
    refs: { catalogue: "EKS-WAF-3", checkov: ["CKV_AWS_192", "CKV2_AWS_76"] },
    resource: ACL,
    *check({ rules = [] }) {
      const held = rules.map(({ statement }) => statement.managedRuleGroupStatement?.name);
      const missing = BASELINE.filter((name) => !held.includes(name));
      if (missing.length > 0) yield { path: "rules", message: `the web ACL lacks ${missing.join(", ")}` };
      if (
        !rules.some(
          ({ statement, action }) => statement.rateBasedStatement !== undefined && action?.block !== undefined,
        )
      )
        yield { path: "rules", message: "nothing limits how many requests one address sends" };
    },
    good: [{ ...base, rules: [...groups, rate] }],
    bad: [
      base,
      { ...base, rules: groups },
      { ...base, rules: [...groups.slice(1), rate] },
      { ...base, rules: [...groups, { ...rate, action: { count: {} } }] },
    ],
  }),

  resourceControl({
    id: "edge-waf-enforced",
    title: "A web ACL has rules, and none of them only counts",
    severity: "high",
    why: "what only counts protects nothing, and nobody remembers to make it block",
    fix: "let the rules block; a trial needs a waiver that ends",
    refs: { catalogue: "EKS-WAF-2", securityHub: ["WAF.10"], checkov: ["CKV_AWS_175", "CKV_AWS_342"] },
    resource: ACL,
    *check({ rules = [] }) {
      if (rules.length === 0) yield { path: "rules", message: "the web ACL has no rules" };
      for (const { name, action, overrideAction, statement } of rules) {
        const inside = statement.managedRuleGroupStatement?.ruleActionOverrides ?? [];
        if (action?.count !== undefined || overrideAction?.count !== undefined)
          yield { path: "rules", message: `rule ${name} only counts` };
        for (const { name: own, actionToUse } of inside)
          if (actionToUse?.count !== undefined || actionToUse?.allow !== undefined)
            yield { path: "rules", message: `rule ${own} of ${name} does not block` };
      }
    },
    good: [{ ...base, rules: groups }],
    bad: [
      base,
      { ...base, rules: [{ ...rate, action: { count: {} } }] },
      { ...base, rules: [managed("x", { overrideAction: { count: {} } })] },
      {
        ...base,
        rules: [
          managed("x", {
            statement: {
              managedRuleGroupStatement: { vendorName: "AWS", name: "x", ruleActionOverrides: counting },
            },
          }),
        ],
      },
    ],
  }),

  resourceControl({
    id: "edge-waf-metrics",
    title: "What a web ACL refuses is counted and sampled",
    severity: "low",
    why: "an attack, or a rule that refuses customers, is otherwise noticed by its complaints",
    fix: "set `cloudwatchMetricsEnabled` and `sampledRequestsEnabled` in every `visibilityConfig`",
    refs: { catalogue: "EKS-WAF-4", securityHub: ["WAF.12"] },
    resource: ACL,
    *check({ visibilityConfig, rules = [] }) {
      const all = [{ name: "the web ACL", visibilityConfig }, ...rules];
      for (const { name, visibilityConfig: how } of all)
        if (!how.cloudwatchMetricsEnabled || !how.sampledRequestsEnabled)
          yield { path: "visibilityConfig", message: `nobody sees what ${name} refuses` };
    },
    good: [{ ...base, rules: groups }],
    bad: [
      { ...base, visibilityConfig: { ...seen, cloudwatchMetricsEnabled: false } },
      { ...base, rules: [managed("x", { visibilityConfig: { ...seen, sampledRequestsEnabled: false } })] },
    ],
  }),

  inventoryControl({
    id: "edge-waf-logged",
    title: "Every web ACL writes down what it judges",
    severity: "medium",
    why: "after an attack the log alone says what was tried and what got through",
    fix: "register `aws.wafv2.WebAclLoggingConfiguration` with a destination whose name begins aws-waf-logs-",
    refs: { catalogue: "EKS-LOG-8", securityHub: ["WAF.11"], checkov: ["CKV2_AWS_31"] },
    about: [ACL],
    *check(one, inventory) {
      const destinations = inventory.linking(LOGGING, "resourceArn", one).flatMap((logging) => {
        const linked = inventory.linked(logging, "logDestinationConfigs", GROUP).map(({ inputs }) => inputs.name ?? "");
        return linked.length > 0
          ? linked
          : logging.inputs.logDestinationConfigs.map((arn) => arn.replace(/^.*[:/]/, ""));
      });
      if (destinations.length === 0) yield "what the web ACL judges is not written down";
      for (const name of destinations)
        if (!name.startsWith("aws-waf-logs-"))
          yield `AWS WAF writes nothing to ${name}: its name does not begin aws-waf-logs-`;
    },
    good: [logged("aws-waf-logs-production", redacted)],
    bad: [[item(ACL, "main", base)], logged("/bulwark/production/waf", redacted)],
  }),

  resourceControl({
    id: "edge-waf-log-redacted",
    title: "The web ACL's log holds no credentials",
    severity: "high",
    why: "whoever reads a session's cookie or token in a log can go on with that session",
    fix: "list the headers authorization and cookie in `redactedFields`",
    refs: { catalogue: "EKS-LOG-8" },
    resource: LOGGING,
    *check({ redactedFields = [] }) {
      const headers = redactedFields.map(({ singleHeader }) => singleHeader?.name.toLowerCase());
      for (const header of SECRETS)
        if (!headers.includes(header))
          yield { path: "redactedFields", message: `the log holds every ${header} header` };
    },
    good: [{ resourceArn: aclArn, logDestinationConfigs: [], redactedFields: redacted }],
    bad: [
      { resourceArn: aclArn, logDestinationConfigs: [] },
      { resourceArn: aclArn, logDestinationConfigs: [], redactedFields: redacted.slice(1) },
    ],
  }),
];

function logged(name: string, redactedFields: typeof redacted) {
  const one = item(ACL, "main", base);
  const group = item(GROUP, "waf", { name });
  const inputs = { resourceArn: aclArn, logDestinationConfigs: ["arn"], redactedFields };
  return [one, group, item(LOGGING, "main", inputs, { links: { resourceArn: [one], logDestinationConfigs: [group] } })];
}
