import type * as aws from "@pulumi/aws";

import type { EdgeBlueprint } from "./site";
import { bounded } from "./site";

type Waf = EdgeBlueprint["waf"];
type Rule = aws.types.input.wafv2.WebAclRule;
/** A rule before its place is known. */
type Named = Omit<Rule, "name" | "priority" | "visibilityConfig"> & { readonly name: string };
type Managed = aws.types.input.wafv2.WebAclRuleStatementManagedRuleGroupStatement;

/** What the web ACL's rules are called and where they are counted. */
export function visibility(cluster: string, rule: string) {
  return {
    /** @control edge-waf-metrics */
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName: bounded(`bulwark-${cluster}-${rule}`, 128),
  };
}

/**
 * The rules of the web ACL in the order in which they judge: floods first, since what they refuse need not be looked into;
 * then senders, then contents. Together about a fifth of the 5000 capacity units that AWS allows.
 *
 * @control edge-waf-baseline
 * @control edge-waf-enforced
 */
export function rules(cluster: string, waf: Waf): Rule[] {
  const asked: readonly (Named | undefined)[] = [
    antiDdos(waf.challenge),
    managed("ip-reputation", { name: "AWSManagedRulesAmazonIpReputationList" }),
    rateLimit(waf.rateLimit),
    trial("anonymous-ips", waf.anonymousIps, { name: "AWSManagedRulesAnonymousIpList" }),
    managed("known-bad-inputs", { name: "AWSManagedRulesKnownBadInputsRuleSet" }),
    managed("common", { name: "AWSManagedRulesCommonRuleSet", ...counted(waf.bodySize, ["SizeRestrictions_BODY"]) }),
    trial("bot-control", waf.botControl, {
      name: "AWSManagedRulesBotControlRuleSet",
      managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } }],
    }),
  ];

  return asked
    .filter((rule) => rule !== undefined)
    .map((rule, index) => ({
      ...rule,
      // Steps of ten leave room for a rule that somebody must put between two others in a hurry.
      priority: index * 10,
      visibilityConfig: visibility(cluster, rule.name),
    }));
}

type Trial = Waf["challenge"];

/**
 * During an attack requests that look like a part of it are refused, by how sure AWS is; the silent challenge is asked for,
 * since a client that is no browser cannot answer it. The group refuses to be made without these settings.
 */
function antiDdos(challenge: Trial) {
  const challenges = ["ChallengeAllDuringEvent", "ChallengeDDoSRequests"];
  return managed("anti-ddos", {
    name: "AWSManagedRulesAntiDDoSRuleSet",
    managedRuleGroupConfigs: [
      {
        awsManagedRulesAntiDdosRuleSet: {
          clientSideActionConfig: {
            challenge: { usageOfAction: challenge.action === "none" ? "DISABLED" : "ENABLED" },
          },
          sensitivityToBlock: "LOW",
        },
      },
    ],
    ...counted(challenge, challenges),
  });
}

function managed(name: string, group: Omit<Managed, "vendorName">) {
  return {
    name,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", ...group } },
  };
}

/** A group of rules that is there only when asked for, and blocks unless it is on trial. */
function trial(name: string, { action }: Trial, group: Omit<Managed, "vendorName">) {
  switch (action) {
    case "none":
      return undefined;
    case "count":
      return { ...managed(name, group), overrideAction: { count: {} } };
    case "block":
      return managed(name, group);
  }
}

/** The overrides by which some rules of a group only count while they are on trial. */
function counted({ action }: Trial | Waf["bodySize"], names: readonly string[]) {
  if (action !== "count") return {};
  return { ruleActionOverrides: names.map((name) => ({ name, actionToUse: { count: {} } })) };
}

function rateLimit(limit: number) {
  return {
    name: "rate-limit",
    action: { block: {} },
    statement: { rateBasedStatement: { limit, evaluationWindowSec: 300, aggregateKeyType: "IP" } },
  };
}
