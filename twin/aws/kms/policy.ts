import type { Call, Properties, World } from "../../behaviour";
import { AwsError } from "../../error";
import { accountOf } from "../arn";
import { readPolicy, speaksOf, type Statement } from "../iam/document";
import { unknownPrincipal } from "../iam/principal";
import { text } from "../property";

/** The policy of a key nobody wrote one for: everything delegated to the account (KMS, "Default key policy"). */
export const defaultPolicy = (world: World): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${world.accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

/**
 * Refuses a key policy that is none, names a principal that does not exist, or under which nobody of this account could
 * change it again (KMS, PutKeyPolicy, "BypassPolicyLockoutSafetyCheck"). The account does not know who calls, so any
 * principal of the account may be the one who keeps the access.
 */
export function refuseKeyPolicy({ world, inputs }: Call): void {
  if (inputs["policy"] === undefined) return;
  const reading = readPolicy(inputs["policy"]);
  if ("wrong" in reading) throw malformed(reading.wrong);
  if (reading.statements.some(({ principals }) => principals.length === 0))
    throw malformed("Policy contains a statement with no principal.");
  if (unknownPrincipal(world, reading.statements) !== undefined)
    throw malformed("Policy contains a statement with one or more invalid principals.");
  if (inputs["bypassPolicyLockoutSafetyCheck"] !== true && !canBeChanged(world, reading.statements))
    throw malformed("The new key policy will not allow you to update the key policy in the future.");
}

function canBeChanged(world: World, statements: readonly Statement[]): boolean {
  const speaking = statements.filter((statement) => speaksOf(statement, "kms:PutKeyPolicy"));
  const denied = speaking.some(
    (one) =>
      !one.allows && isUnconditional(one.conditions) && one.principals.some(({ name }) => isAccount(world, name)),
  );
  return (
    !denied &&
    speaking.some(
      (one) =>
        one.allows && one.principals.some(({ kind, name }) => isOurs(world, kind, name)) && aboutCaller(one.conditions),
    )
  );
}

const isUnconditional = (conditions: Properties): boolean => Object.keys(conditions).length === 0;

const isAccount = (world: World, name: string): boolean =>
  name === "*" || name === world.accountId || name === `arn:aws:iam::${world.accountId}:root`;

const isOurs = (world: World, kind: string, name: string): boolean =>
  kind !== "Service" && (isAccount(world, name) || accountOf(name) === world.accountId);

// A condition on who calls leaves somebody able to; one on anything else (a service, a context) may leave nobody.
const CALLER = /^(aws:Principal|kms:CallerAccount$|aws:MultiFactorAuth)/;
const aboutCaller = (conditions: Properties): boolean =>
  Object.values(conditions).every(
    (block) => typeof block === "object" && block !== null && Object.keys(block).every((key) => CALLER.test(key)),
  );

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocumentException", message);

/** The policy a key has now. */
export const policyOf = (properties: Properties): string | undefined => text(properties, "policy");
