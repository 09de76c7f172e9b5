import type { Call } from "../../behaviour";
import { AwsError } from "../../error";

/** The tokens of Network Firewall that know each other. */
export const FIREWALL = "aws:networkfirewall/firewall:Firewall";
export const POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
export const RULE_GROUP = "aws:networkfirewall/ruleGroup:RuleGroup";

/** The error of a request whose values Network Firewall does not take. */
export const invalid = (message: string): AwsError => new AwsError("InvalidRequestException", message);
/** The error of deleting what another resource names. */
export const inUse = (): AwsError =>
  new AwsError("InvalidOperationException", "Unable to delete the object because it is still in use");

/** Refuses a second one of the same name and type. */
export function refuseTwin(token: string): (call: Call) => void {
  return ({ world, inputs }) => {
    if (
      world
        .all(token)
        .some((other) => other.inputs["name"] === inputs["name"] && other.inputs["type"] === inputs["type"])
    )
      throw invalid("A resource with the specified name already exists"); // wording not verified
  };
}
