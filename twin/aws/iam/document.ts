import type { Properties } from "../../behaviour";
import { hold } from "../../iam/condition";
import { carried, type Context } from "../../iam/context";
import { like } from "../../iam/pattern";
import { objects } from "../property";

/** One principal of a statement: `{ kind: "Service", name: "eks.amazonaws.com" }`, `{ kind: "*", name: "*" }`. */
export interface Principal {
  readonly kind: string;
  readonly name: string;
}

/** One statement of a policy document, with every one-or-many field as a list. */
export interface Statement {
  readonly allows: boolean;
  readonly principals: readonly Principal[];
  /** Whom the statement does not speak of, where it says so; then it speaks of everybody else. */
  readonly notPrincipals: readonly Principal[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: Properties;
}

/** A document read, or the sentence that says why it is none. */
export type Reading = { readonly statements: readonly Statement[] } | { readonly wrong: string };

/**
 * Reads an IAM policy document strictly: JSON, a known Version, at least one Statement with Effect and actions
 * (IAM user guide, "Grammar of the IAM JSON policy language").
 */
export function readPolicy(document: unknown): Reading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(typeof document === "string" ? document : "");
  } catch {
    return { wrong: "This policy contains invalid Json" };
  }
  const { Version: version, Statement: statement } = record(parsed);
  if (version !== "2012-10-17" && version !== "2008-10-17")
    return { wrong: "Policy document must be version 2012-10-17 or greater." };
  const blocks = (Array.isArray(statement) ? statement : [statement]).map(record);
  if (blocks.some(({ Effect: effect }) => effect !== "Allow" && effect !== "Deny"))
    return { wrong: "Syntax errors in policy." };
  if (blocks.some((block) => block.Action === undefined && block.NotAction === undefined)) {
    return { wrong: "Policy statement must contain actions." };
  }
  return { statements: blocks.map(readStatement) };
}

/** The statements of a document, none when it cannot be read. */
export function statementsOf(document: unknown): readonly Statement[] {
  const reading = readPolicy(document);
  return "statements" in reading ? reading.statements : [];
}

/** Whether one of the names of an action (`kms:*`, `kms:Put*`) covers it; actions ignore case. */
const covers = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));

/** Whether a statement speaks about an action. */
export const speaksOf = (statement: Statement, action: string): boolean =>
  statement.notActions.length > 0 ? !covers(statement.notActions, action) : covers(statement.actions, action);

/** Whether a service may act under these statements in the given request context. */
export function admitsService(statements: readonly Statement[], service: string, action: string, context: Properties) {
  const speaking = statements.filter(
    (statement) =>
      speaksOf(statement, action) &&
      statement.principals.some(({ kind, name }) => name === "*" || (kind === "Service" && name === service)) &&
      holds(statement.conditions, context),
  );
  return speaking.some(({ allows }) => allows) && !speaking.some(({ allows }) => !allows);
}

/** Whether all conditions hold; what the context does not mention, the request does not carry. */
export function holds(conditions: Properties, context: Properties): boolean {
  const strings = Object.entries(context).filter(([, value]) => typeof value === "string");
  return hold(conditions, carried(Object.fromEntries(strings) as Context)) === true;
}

function readStatement(block: Properties): Statement {
  return {
    allows: block.Effect === "Allow",
    principals: readPrincipals(block.Principal),
    notPrincipals: readPrincipals(block.NotPrincipal),
    actions: many(block.Action),
    notActions: many(block.NotAction),
    resources: many(block.Resource),
    notResources: many(block.NotResource),
    conditions: record(block.Condition),
  };
}

function readPrincipals(principal: unknown): readonly Principal[] {
  if (typeof principal === "string") return [{ kind: principal === "*" ? "*" : "AWS", name: principal }];
  return Object.entries(record(principal)).flatMap(([kind, names]) => many(names).map((name) => ({ kind, name })));
}

const record = (value: unknown): Properties => objects({ value }, "value")[0] ?? {};

const many = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
