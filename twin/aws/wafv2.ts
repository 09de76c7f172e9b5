import type { Behaviour, Call, DeleteCall, Properties, World } from "../behaviour";
import { AwsError } from "../error";
import { ensureServiceLinkedRole } from "./iam/service-linked-role";
import { objects, present, text, texts } from "./property";

const ACL = "aws:wafv2/webAcl:WebAcl";
const RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** Web ACL capacity units of AWS's own rule groups (WAF developer guide, "AWS Managed Rules rule groups list"). */
const CAPACITY: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
};

function everyText(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(everyText) : [];
}

/** What rule sets of every kind share: names unique by kind and scope, an optimistic lock, no deletion while in use. */
function set(token: string, kind: string, words: string, more: Partial<Behaviour>): Behaviour {
  return {
    token,
    service: "WAFV2",
    words: `WAFv2 ${words}`,
    replaces: ["name", "namePrefix", "scope"],
    autoName: { property: "name" },
    minutes: { create: 0.1, update: 0.1 },
    id: ({ world }) => world.uuid(),
    outputs: (call, id) => arnAndLock(call, kind, id),
    refuseDelete: refuseUsed,
    ...more,
    refuseCreate: (call) => {
      const { world, inputs } = call;
      refuseScope(call);
      const same = (other: Properties): boolean =>
        other["name"] === inputs["name"] && other["scope"] === inputs["scope"];
      if (world.all(token).some((other) => same(other.inputs)))
        throw new AwsError(
          "WAFDuplicateItemException",
          "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
        );
      more.refuseCreate?.(call);
    },
  };
}

function arnAndLock({ world, inputs }: Call, kind: string, id: string): Properties {
  const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
  const path = `${scope}/${kind}/${text(inputs, "name") ?? ""}/${id}`;
  return { arn: `arn:aws:wafv2:${world.region}:${world.accountId}:${path}`, lockToken: world.uuid(world.now()) };
}

function refuseScope({ world, inputs }: Call): void {
  const scope = text(inputs, "scope") ?? "";
  const known = scope === "REGIONAL" || (scope === "CLOUDFRONT" && world.region === "us-east-1");
  if (!known) throw invalid(`The scope is not valid., field: SCOPE_VALUE, parameter: ${scope}`);
}

function refuseUsed({ world, stored }: DeleteCall): void {
  const arn = text(stored.properties, "arn") ?? "";
  const inRules = [ACL, RULE_GROUP]
    .flatMap((token) => world.all(token))
    .some(({ inputs }) => everyText(inputs["rules"]).includes(arn));
  const associated = world.all(ASSOCIATION).some(({ inputs }) => inputs["webAclArn"] === arn);
  if (inRules || associated)
    throw new AwsError(
      "WAFAssociatedItemException",
      "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
    );
}

/** Rules: an action or an override, each priority once, and every set of this account they name exists. */
function refuseRules({ world, inputs }: Call): void {
  const rules = objects(inputs, "rules");
  for (const rule of rules)
    if (present(rule, "action", "overrideAction") !== 1)
      throw invalid(
        `You must set exactly one action or override action, field: RULE, parameter: ${String(rule["name"])}`,
      );
  if (new Set(rules.map(({ priority }) => priority)).size < rules.length)
    throw invalid("You have used duplicate priorities, field: RULE, parameter: Priority");
  for (const arn of everyText(rules)) if (isOurSet(world, arn) && !exists(world, arn)) throw nonexistent();
}

const isOurSet = (world: World, arn: string): boolean =>
  arn.startsWith(`arn:aws:wafv2:${world.region}:${world.accountId}:`);

const SETS = ["aws:wafv2/ipSet:IpSet", "aws:wafv2/regexPatternSet:RegexPatternSet", RULE_GROUP];
const exists = (world: World, arn: string): boolean =>
  SETS.some((token) => world.findBy(token, "arn", arn) !== undefined);

/** A rule that is no managed group counts one unit: an estimate, AWS's own arithmetic is per statement (not verified). */
function capacity(inputs: Properties): number {
  return objects(inputs, "rules").reduce((sum, rule) => {
    const managed = text(rule, "statement.managedRuleGroupStatement.name");
    return sum + (managed === undefined ? 1 : (CAPACITY[managed] ?? 50));
  }, 0);
}

const webAcl = set(ACL, "webacl", "Web ACL", {
  required: ["defaultAction", "scope", "visibilityConfig"],
  refuseCreate: refuseAcl,
  refuseUpdate: refuseAcl,
  outputs: (call, id) => ({
    ...arnAndLock(call, "webacl", id),
    applicationIntegrationUrl: "",
    capacity: capacity(call.inputs),
  }),
});

function refuseAcl(call: Call): void {
  refuseRules(call);
  const action = objects(call.inputs, "defaultAction")[0] ?? {};
  if (present(action, "allow", "block") !== 1)
    throw invalid("exactly one of allow, block, field: DEFAULT_ACTION, parameter: null");
  const units = capacity(call.inputs);
  if (units > 5000)
    throw new AwsError(
      "WAFLimitsExceededException",
      `AWS WAF couldn’t perform the operation because you exceeded your resource limit: ${units} of 5000 WCU.`,
    );
}

const ipSet = set("aws:wafv2/ipSet:IpSet", "ipset", "IPSet", {
  replaces: ["name", "namePrefix", "scope", "ipAddressVersion"],
  required: ["ipAddressVersion", "scope"],
  refuseCreate: ({ inputs }) => {
    const addresses = texts(inputs, "addresses");
    const wrong = addresses.find((address) => !address.includes("/"));
    if (wrong !== undefined) throw invalid(`The address is no CIDR, field: IP_ADDRESS, parameter: ${wrong}`);
    if (addresses.length > 10_000)
      throw new AwsError("WAFLimitsExceededException", "An IP set has at most 10000 addresses");
  },
});

const regexPatternSet = set("aws:wafv2/regexPatternSet:RegexPatternSet", "regexpatternset", "Regex Pattern Set", {
  required: ["scope"],
});

const ruleGroup = set(RULE_GROUP, "rulegroup", "RuleGroup", {
  replaces: ["capacity", "name", "namePrefix", "scope"],
  required: ["capacity", "scope", "visibilityConfig"],
  refuseCreate: refuseRules,
  refuseUpdate: refuseRules,
});

/** One web ACL a resource; associating another one silently takes the place of the first. */
const webAclAssociation: Behaviour = {
  token: ASSOCIATION,
  service: "WAFV2",
  words: "WAFv2 Web ACL Association",
  replaces: ["webAclArn", "resourceArn"],
  required: ["webAclArn", "resourceArn"],
  references: [{ path: "webAclArn", to: ACL, by: "arn", missing: nonexistent }],
  minutes: { create: 0.5 },
  refuseCreate: ({ world, inputs }) => {
    const arn = text(inputs, "resourceArn") ?? "";
    const wrong = !arn.startsWith("arn:") || arn.includes(":cloudfront:") || arn.includes(":loadbalancer/net/");
    if (wrong)
      throw invalid(
        `The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: ${arn}`,
      );
    if (arn.includes(":loadbalancer/app/") && world.findBy(LOAD_BALANCER, "arn", arn) === undefined)
      throw nonexistent();
  },
  id: ({ inputs }) => `${text(inputs, "webAclArn") ?? ""},${text(inputs, "resourceArn") ?? ""}`,
  outputs: () => ({}),
};

const webAclLoggingConfiguration: Behaviour = {
  token: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  service: "WAFV2",
  words: "WAFv2 WebACL Logging Configuration",
  replaces: ["logDestinationConfigs", "resourceArn"],
  required: ["logDestinationConfigs", "resourceArn"],
  references: [{ path: "resourceArn", to: ACL, by: "arn", missing: nonexistent }],
  refuseCreate: ({ world, inputs }) => {
    const [destination, ...others] = texts(inputs, "logDestinationConfigs");
    const [, , service, region, , ...rest] = (destination ?? "").split(":");
    const name = rest.join(":").replace(/^(log-group:|deliverystream\/)/, "");
    const here = service === "s3" || region === world.region;
    if (others.length > 0 || !here || !name.startsWith("aws-waf-logs-"))
      throw invalid(
        `The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${destination ?? ""}`,
      );
    // The provider's log group ARN may carry the suffix for its streams.
    const group = (destination ?? "").replace(/:\*$/, "");
    if (service === "logs" && world.findBy("aws:cloudwatch/logGroup:LogGroup", "arn", group) === undefined)
      throw new AwsError(
        "WAFLogDestinationPermissionIssueException",
        "Unable to deliver logs to the configured destination.",
      );
  },
  afterCreate: ({ world }) => {
    ensureServiceLinkedRole(world, "wafv2.amazonaws.com");
  },
  id: ({ inputs }) => text(inputs, "resourceArn") ?? "",
  outputs: () => ({}),
};

function nonexistent(): AwsError {
  return new AwsError(
    "WAFNonexistentItemException",
    "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
  );
}

const invalid = (reason: string): AwsError => new AwsError("WAFInvalidParameterException", `Error reason: ${reason}`);

/** What of WAF the twin knows. */
export const wafv2: readonly Behaviour[] = [
  webAcl,
  webAclAssociation,
  webAclLoggingConfiguration,
  ipSet,
  regexPatternSet,
  ruleGroup,
];
