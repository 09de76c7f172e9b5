import { type Context, holds, like, many } from "./condition";

export type { Context };

/** Somebody who calls KMS: an IAM principal by ARN, or an AWS service by its principal name. */
export type Caller = { readonly arn: string; readonly iamAllows: boolean } | { readonly service: string };

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly context?: Context;
}

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Whether KMS lets a caller do something under a key policy. An account as principal only lets IAM decide ("Allows
 * access to the AWS account and enables IAM policies", AWS KMS developer guide); a principal of its own, or `*`, is
 * let in by the key.
 */
export function allows(policy: string, request: Request): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly Statement[] };
  const speaking = statements.filter((statement) => speaks(statement, request));
  return (
    speaking.some(({ Effect, Principal }) => Effect === "Allow" && admits(Principal, request.caller)) &&
    !denies(policy, request)
  );
}

/** Whether a statement forbids it outright, whatever others allow. */
export function denies(policy: string, request: Request): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly Statement[] };
  return statements.some((statement) => statement.Effect === "Deny" && speaks(statement, request));
}

function speaks({ Principal, Action, Condition }: Statement, { caller, action, context }: Request): boolean {
  const request = { ...identity(caller), ...context };
  return (
    principals(Principal).some(([kind, name]) => isNamed(kind, name, caller)) &&
    many(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    Object.entries(Condition ?? {}).every(([operator, block]) => holds(operator, block, request))
  );
}

function isNamed(kind: string, name: string, caller: Caller): boolean {
  if (name === "*") return true;
  if ("service" in caller) return kind === "Service" && name === caller.service;
  return kind === "AWS" && (name === caller.arn || name === `arn:aws:iam::${account(caller.arn)}:root`);
}

/** The account as principal does not admit by itself, except its own root user. */
function admits(principal: Statement["Principal"], caller: Caller): boolean {
  if ("service" in caller || caller.iamAllows || caller.arn.endsWith(":root")) return true;
  return principals(principal).some(([, name]) => name === "*" || name === caller.arn);
}

function identity(caller: Caller): Context {
  return "service" in caller
    ? {}
    : {
        "aws:PrincipalArn": caller.arn,
        "aws:PrincipalAccount": account(caller.arn),
        "kms:CallerAccount": account(caller.arn),
      };
}

function account(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function principals(principal: Statement["Principal"]): readonly (readonly [string, string])[] {
  if (typeof principal === "string") return [["*", principal]];
  return Object.entries(principal).flatMap(([kind, names]) => many(names).map((name) => [kind, name] as const));
}
