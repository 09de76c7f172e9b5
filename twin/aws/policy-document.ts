import type { Properties, World } from "../behaviour";
import { accountOf } from "./arn";
import { admitsService, readPolicy, type Statement, statementsOf } from "./iam/document";
import { roleByArn, trusts } from "./iam/trust";
import { objects } from "./property";

/** The statements of a resource policy, or undefined when it is none; unlike IAM, resource policies may leave out Version. */
export function resourceStatements(policy: unknown): readonly Statement[] | undefined {
  const reading = readPolicy(withVersion(policy));
  return "statements" in reading ? reading.statements : undefined;
}

/** Whether a resource policy lets an AWS service (`cloudtrail.amazonaws.com`) act, whatever the conditions say. */
export function admits(policy: unknown, service: string, action: string): boolean {
  // A service's request carries more context than the twin knows, so only who and what are judged.
  const statements = statementsOf(withVersion(policy)).filter(({ allows }) => allows);
  return admitsService(
    statements.map((statement) => ({ ...statement, conditions: {} })),
    service,
    action,
    {},
  );
}

/** Whether a role exists and trusts the service; what another account's role trusts is out of the twin's sight. */
export function isTrusted(world: World, roleArn: string | undefined, service: string): boolean {
  if (roleArn === undefined) return false;
  if (roleArn.includes(":role/aws-service-role/") || accountOf(roleArn) !== world.accountId) return true;
  const role = roleByArn(world, roleArn);
  return role !== undefined && trusts(role, service);
}

/** The roles of this account that a policy names and that do not exist. */
export function unknownRoles(world: World, statements: readonly Statement[]): readonly string[] {
  return statements
    .flatMap(({ principals }) => principals.map(({ name }) => name))
    .filter((name) => name.startsWith(`arn:aws:iam::${world.accountId}:role/`) && roleByArn(world, name) === undefined);
}

// S3's own definition of public: anyone may, and no condition pins the caller to a fixed value (S3 API reference,
// PublicAccessBlockConfiguration; the principal, organization and access point keys are not verified).
const PINNING = [
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:userid",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
];

/** Whether AWS would call a resource policy public: it allows anyone without a condition that pins the caller. */
export function isPublic(policy: unknown): boolean {
  return (resourceStatements(policy) ?? []).some(
    ({ allows, principals, conditions }) =>
      allows && principals.some(({ name }) => name === "*") && !isPinned(conditions),
  );
}

function isPinned(conditions: Properties): boolean {
  return Object.keys(conditions).some(
    (operator) => !/Not|Null/.test(operator) && objects(conditions, operator).some((block) => pins(block)),
  );
}

function pins(block: Properties): boolean {
  return Object.entries(block).some(
    ([key, values]) => PINNING.includes(key.toLowerCase()) && [values].flat().every((value) => isFixed(String(value))),
  );
}

function isFixed(value: string): boolean {
  return !value.includes("*") && value !== "0.0.0.0/0" && value !== "::/0";
}

function withVersion(policy: unknown): unknown {
  try {
    return typeof policy === "string"
      ? JSON.stringify({ Version: "2008-10-17", ...(JSON.parse(policy) as Properties) })
      : policy;
  } catch {
    return policy;
  }
}
