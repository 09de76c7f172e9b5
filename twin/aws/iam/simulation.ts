import type { Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { text, texts } from "../property";

/**
 * The policy simulator. The twin keeps no policies of its caller: whoever calls administers the account, but for the actions
 * that the account's `given` denies.
 */
export const getPrincipalPolicySimulation: Invoke = (args, world) => {
  const source = text(args, "policySourceArn") ?? "";
  if (!/^arn:aws:iam::\d{12}:(user|group|role)\/.+$/.test(source))
    throw new AwsError("InvalidInput", `Invalid Entity Arn: ${source} does not clearly define entity type and name.`); // wording not verified
  const actions = texts(args, "actionNames");
  for (const action of actions)
    if (!/^[a-z0-9-]+:\w+$/i.test(action)) throw new AwsError("InvalidInput", `Invalid Action Name: ${action}`); // wording not verified
  const results = actions.map((actionName) => {
    const allowed = !(world.given.denied ?? []).some((pattern) => covers(pattern, actionName));
    return {
      actionName,
      allowed,
      decision: allowed ? "allowed" : "implicitDeny",
      decisionDetails: {},
      matchedStatements: [],
      missingContextKeys: [],
      resourceArn: "*",
    };
  });
  return { ...args, allAllowed: results.every(({ allowed }) => allowed), id: "-", results };
};

function covers(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[^\w*]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "i").test(action);
}
