import { readPolicy, speaksOf, type Statement } from "../aws/iam/document";
import {
  type Admission,
  accountOf,
  admission,
  type Caller,
  identityContext,
  type Identity,
  isMeant,
  isRoot,
} from "./caller";
import { hold } from "./condition";
import { type Carried, carried, type Context, resolve } from "./context";
import { compile } from "./pattern";
import { all, any, not, type Truth } from "./truth";

/** What a request is about. */
export interface Resource {
  /** `*` for a call that is about no resource. */
  readonly arn: string;
  /** Whose it is, where the ARN does not say so. @default the caller's own account */
  readonly account?: string;
  /** Its own policy: a bucket's, a key's, a role's trust. */
  readonly policy?: string;
}

/** One call to AWS. */
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: Resource;
  /** What the request carries besides who makes it. */
  readonly context?: Context;
  /** What is meant by the keys that `context` does not mention. @default absent */
  readonly unsaid?: "absent" | "unknown";
}

/** What IAM answers; unknown where it depends on a context key that nobody said. */
export type Decision = "allowed" | "denied" | "unknown";

/**
 * Answers a request as IAM would from identity policies, permissions boundary and the resource's own policy (IAM user
 * guide, "Policy evaluation logic"). It knows nothing of the organization's policies, of session policies and of KMS
 * grants.
 */
export function decide(request: Request): Decision {
  const truth = all([permitted(request), not(denied(request))]);
  return truth === undefined ? "unknown" : truth ? "allowed" : "denied";
}

/** Whether some policy forbids it outright, whatever others allow. */
export function denied(request: Request): Truth {
  const { caller, resource } = request;
  const context = contextOf(request);
  const identity = typeof caller === "object" && "arn" in caller ? caller : undefined;
  const own = [...(identity?.policies ?? []), ...(identity?.boundary === undefined ? [] : [identity.boundary])];
  return any([
    ...own.flatMap(read).map((statement) => (statement.allows ? false : speaks(statement, request, context))),
    ...read(resource.policy).map((statement) =>
      statement.allows ? false : all([isMeant(statement, caller), speaks(statement, request, context)]),
    ),
  ]);
}

function permitted(request: Request): Truth {
  const { caller, resource, action } = request;
  const by = admitted(request);
  if (typeof caller === "string" || !("arn" in caller)) return by.caller;

  const limit = limited(caller, request);
  const own = all([grants(caller, request), limit]);
  const account = accountOf(caller);
  if ((ownerOf(resource) ?? account) !== account) return all([own, any([by.caller, by.role, by.account])]);

  // A role named by its ARN stays inside its boundary; the wildcard, a user or a session does not.
  const direct = any([by.caller, all([by.role, limit])]);
  // Keys and roles are the exception: without a word of their own policy nobody's IAM policy helps.
  const isKeyOrRole = /^(kms|sts):/i.test(action) && resource.policy !== undefined;
  return any([direct, isKeyOrRole ? all([by.account, own]) : own]);
}

/** Who the resource's own policy lets in, by each of the ways it can mean the caller. */
function admitted(request: Request): Readonly<Record<Admission, Truth>> {
  const context = contextOf(request);
  const statements = read(request.resource.policy).filter(({ allows }) => allows);
  const by = (way: Admission): Truth =>
    any(
      statements
        .filter((statement) => admission(statement, request.caller)[way])
        .map((statement) => speaks(statement, request, context)),
    );
  return { caller: by("caller"), role: by("role"), account: by("account") };
}

function grants(identity: Identity, request: Request): Truth {
  if (isRoot(identity)) return true;
  return allow(identity.policies ?? [], request);
}

function limited(identity: Identity, request: Request): Truth {
  return identity.boundary === undefined ? true : allow([identity.boundary], request);
}

function allow(documents: readonly string[], request: Request): Truth {
  const context = contextOf(request);
  const statements = documents.flatMap(read).filter(({ allows }) => allows);
  return any(statements.map((statement) => speaks(statement, request, context)));
}

function speaks(statement: Statement, { action, resource }: Request, context: Carried): Truth {
  if (!speaksOf(statement, action)) return false;
  return all([covers(statement, resource.arn, context), hold(statement.conditions, context)]);
}

/** A trust policy has no resource: it speaks of its role. */
function covers({ resources, notResources }: Statement, arn: string, context: Carried): Truth {
  const matches = (patterns: readonly string[]): Truth =>
    any(
      patterns.map((pattern) => {
        const pieces = resolve(pattern, context);
        return pieces === undefined ? undefined : pieces !== null && compile(pieces).test(arn);
      }),
    );
  if (notResources.length > 0) return not(matches(notResources));
  return resources.length === 0 || matches(resources);
}

function contextOf({ caller, resource, context, unsaid }: Request): Carried {
  const owner = ownerOf(resource);
  const about = owner === undefined ? {} : { "aws:ResourceAccount": owner };
  return carried({ ...identityContext(caller), ...about, ...context }, unsaid);
}

function ownerOf({ account, arn }: Resource): string | undefined {
  return account ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

// An account has a few dozen documents, and an evaluation reads the same ones again and again.
const readings = new Map<string, readonly Statement[]>();

function read(document: string | undefined): readonly Statement[] {
  if (document === undefined) return [];
  const known = readings.get(document);
  if (known !== undefined) return known;
  const reading = readPolicy(document);
  if ("wrong" in reading) throw new Error(`not a policy: ${reading.wrong}`);
  readings.set(document, reading.statements);
  return reading.statements;
}
