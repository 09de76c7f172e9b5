import type { Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, present, text } from "../property";
import { invalid } from "./error";
import { refuseRules } from "./rule";
import { arnAndLock, ruleSet } from "./rule-set";
import { ACL } from "./token";

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

/** A rule that is no managed group counts one unit: an estimate, AWS's own arithmetic is per statement (not verified). */
function capacity(inputs: Properties): number {
  return objects(inputs, "rules").reduce((sum, rule) => {
    const managed = text(rule, "statement.managedRuleGroupStatement.name");
    return sum + (managed === undefined ? 1 : (CAPACITY[managed] ?? 50));
  }, 0);
}

/** A web ACL: rules, and what happens to requests that none of them is about. */
export const webAcl = ruleSet(ACL, "webacl", "Web ACL", {
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
