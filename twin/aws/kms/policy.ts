import type { Call, Properties, World } from "../../behaviour";
import { AwsError } from "../../error";
import { globalArn } from "../arn";
import { holds, readPolicy, speaksOf, type Statement } from "../iam/document";
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
 * Refuses a key policy that is none, names a principal that does not exist, or under which the caller could not change it
 * again (KMS API reference, PutKeyPolicy, "BypassPolicyLockoutSafetyCheck").
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

/** Whether the caller may still change the policy under these statements. */
function canBeChanged(world: World, statements: readonly Statement[]): boolean {
  // Keys the request does not carry (`kms:ViaService`, a multi-factor login) fail their conditions, as in AWS.
  const context = {
    "aws:PrincipalArn": world.caller.principal,
    "aws:PrincipalAccount": world.accountId,
    "kms:CallerAccount": world.accountId,
  };
  const speaking = statements.filter(
    (statement) =>
      speaksOf(statement, "kms:PutKeyPolicy") &&
      statement.principals.some(({ kind, name }) => kind !== "Service" && isCaller(world, name)) &&
      holds(statement.conditions, context),
  );
  return speaking.some(({ allows }) => allows) && !speaking.some(({ allows }) => !allows);
}

/** The account stands for its principals: the caller's own permissions in IAM are taken for granted. */
const isCaller = (world: World, name: string): boolean =>
  ["*", world.accountId, globalArn(world, "iam", "root"), world.caller.principal, world.caller.arn].includes(name);

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocumentException", message);

/** The policy a key has now. */
export const policyOf = (properties: Properties): string | undefined => text(properties, "policy");
