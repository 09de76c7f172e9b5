import type { Principal, Statement } from "../aws/iam/document";
import type { Context } from "./context";
import { not, type Truth } from "./truth";

/** A role, user or root user, with what IAM says of it. */
export interface Identity {
  /** `arn:aws:iam::111122223333:role/nodes`, `…:user/ci`, `…:root`. */
  readonly arn: string;
  /** The ARN of a role's session, where it matters. */
  readonly session?: string;
  /** The documents of its policies, inline and managed. */
  readonly policies?: readonly string[];
  /** The most that these may grant. */
  readonly boundary?: string;
}

/** Who makes a request. */
export type Caller =
  | Identity
  /** An AWS service by its principal, `logs.eu-central-1.amazonaws.com`. */
  | { readonly service: string }
  /** Somebody with a token of an identity provider, by the provider's ARN or domain. */
  | { readonly provider: string }
  | "anonymous";

/** The account of a caller, where it has one. */
export function accountOf(caller: Caller): string | undefined {
  return typeof caller === "object" && "arn" in caller ? caller.arn.split(":")[4] : undefined;
}

// Of these a caller without identity has none: nothing of the kind can make a condition about our account come true.
const NOBODY: Context = { "aws:PrincipalArn": [], "aws:PrincipalAccount": [], "kms:CallerAccount": [] };

/** What every request of a caller carries (IAM user guide, "AWS global condition context keys"). */
export function identityContext(caller: Caller): Context {
  if (caller === "anonymous")
    return { ...NOBODY, "aws:PrincipalAccount": "anonymous", "aws:PrincipalIsAWSService": "false" };
  if ("service" in caller)
    return { ...NOBODY, "aws:PrincipalServiceName": caller.service, "aws:PrincipalIsAWSService": "true" };
  if ("provider" in caller)
    return { ...NOBODY, "aws:FederatedProvider": caller.provider, "aws:PrincipalIsAWSService": "false" };
  const account = accountOf(caller) ?? "";
  return {
    "aws:PrincipalArn": caller.arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": isRoot(caller) ? "Account" : caller.arn.includes(":user/") ? "User" : "AssumedRole",
    "kms:CallerAccount": account,
  };
}

/** Whether an identity is its account's root user, whom no policy of IAM limits. */
export function isRoot({ arn }: Identity): boolean {
  return arn.endsWith(":root");
}

/**
 * How a resource's policy means a caller: by itself, as the role behind its session, or only as one of an account, which
 * leaves it to that account's IAM. The three differ in what else must agree.
 */
export type Admission = "caller" | "role" | "account";

/** How far a statement of a resource's policy speaks of a caller, by each of the three ways. */
export function admission(
  { principals, notPrincipals }: Statement,
  caller: Caller,
): Readonly<Record<Admission, boolean>> {
  if (notPrincipals.length > 0)
    return { caller: !meant(notPrincipals, caller).includes(true), role: false, account: false };
  const ways = principals.map((principal) => way(principal, caller));
  return { caller: ways.includes("caller"), role: ways.includes("role"), account: ways.includes("account") };
}

/**
 * Whether a denial means a caller. With NotPrincipal it always means whoever has a permissions boundary, and whoever is
 * left out must be left out with his account ("AWS JSON policy elements: NotPrincipal").
 */
export function isMeant({ principals, notPrincipals }: Statement, caller: Caller): Truth {
  if (notPrincipals.length === 0) return meant(principals, caller).includes(true);
  if (typeof caller === "object" && "arn" in caller && caller.boundary !== undefined) return true;
  const ways = notPrincipals.map((principal) => way(principal, caller));
  const isNamed = ways.some((one) => one === "caller" || one === "role");
  const hasAccount = accountOf(caller) === undefined || ways.includes("account");
  return not(isNamed && !hasAccount ? undefined : isNamed);
}

const meant = (principals: readonly Principal[], caller: Caller): readonly boolean[] =>
  principals.map((principal) => way(principal, caller) !== undefined);

function way({ kind, name }: Principal, caller: Caller): Admission | undefined {
  if (name === "*" && (kind === "*" || kind === "AWS")) return "caller";
  if (caller === "anonymous") return undefined;
  if ("service" in caller) return kind === "Service" && name === caller.service ? "caller" : undefined;
  if ("provider" in caller) return kind === "Federated" && name === caller.provider ? "caller" : undefined;
  if (kind !== "AWS") return undefined;
  if (name === caller.session) return "caller";
  if (name === caller.arn) return caller.arn.includes(":role/") ? "role" : "caller";
  const account = accountOf(caller) ?? "";
  return name === account || name === `arn:aws:iam::${account}:root` ? "account" : undefined;
}
