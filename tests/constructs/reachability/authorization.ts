import type { Manifest } from "../manifest";

/** A request as the proxy of its destination sees it. */
export interface Request {
  /** Who calls, as its certificate says it; nothing where there is none. */
  readonly principal?: string;
  readonly namespace?: string;
  readonly to: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly port: number;
}

interface Source {
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
}

interface Operation {
  readonly ports?: readonly string[];
  readonly notPorts?: readonly string[];
}

interface Rule {
  readonly from?: readonly { readonly source: Source }[];
  readonly to?: readonly { readonly operation: Operation }[];
}

interface Spec {
  readonly action?: string;
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly rules?: readonly Rule[];
}

const KNOWN = {
  spec: ["action", "selector", "rules"],
  rule: ["from", "to"],
  source: ["principals", "notPrincipals", "namespaces", "notNamespaces"],
  operation: ["ports", "notPorts"],
};

/**
 * Whether the mesh admits a request (Istio, "Authorization Policy"): what a DENY policy names is refused; where any ALLOW policy
 * applies, only what one of them names is admitted; a policy without rules names nothing.
 *
 * @param root the namespace whose policies hold for the whole mesh
 * @throws Error for fields that are not evaluated here: a test must not pass on half of a policy
 */
export function authorises(policies: readonly Manifest[], request: Request, root = "istio-system"): boolean {
  const holding = policies
    .filter(({ kind }) => kind === "AuthorizationPolicy")
    .filter(({ metadata: { namespace = "default" } }) => [root, request.to.namespace].includes(namespace))
    .map(({ spec = {} }) => read(spec))
    .filter(({ selector }) =>
      Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => request.to.labels[key] === value),
    );
  const named = (action: string): boolean =>
    holding.filter((spec) => (spec.action ?? "ALLOW") === action).some(({ rules = [] }) => rules.some(applies));
  const applies = (rule: Rule): boolean =>
    (rule.from === undefined || rule.from.some(({ source }) => comesFrom(source, request))) &&
    (rule.to === undefined || rule.to.some(({ operation }) => goesTo(operation, request)));

  if (named("DENY")) return false;
  return !holding.some(({ action = "ALLOW" }) => action === "ALLOW") || named("ALLOW");
}

function comesFrom(source: Source, { principal, namespace }: Request): boolean {
  return (
    holds(source.principals, source.notPrincipals, principal) &&
    holds(source.namespaces, source.notNamespaces, namespace)
  );
}

function goesTo({ ports, notPorts }: Operation, { port }: Request): boolean {
  return holds(ports, notPorts, port.toString());
}

function holds(
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  value: string | undefined,
): boolean {
  const among = (patterns: readonly string[]) => patterns.some((pattern) => fits(pattern, value));
  return (wanted === undefined || among(wanted)) && (unwanted === undefined || !among(unwanted));
}

/** Exact, by its beginning (`abc*`), by its end (`*abc`), or present at all (`*`). */
function fits(pattern: string, value: string | undefined): boolean {
  if (value === undefined || value === "") return false;
  if (pattern === "*") return true;
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  if (pattern.endsWith("*")) return value.startsWith(pattern.slice(0, -1));
  return value === pattern;
}

function read(spec: Readonly<Record<string, unknown>>): Spec {
  only(spec, KNOWN.spec);
  const typed = spec as Spec;
  if (!["ALLOW", "DENY"].includes(typed.action ?? "ALLOW"))
    throw new Error(`the action ${typed.action ?? ""} is not evaluated here`);
  for (const rule of typed.rules ?? []) {
    only(rule, KNOWN.rule);
    for (const { source } of rule.from ?? []) only(source, KNOWN.source);
    for (const { operation } of rule.to ?? []) only(operation, KNOWN.operation);
  }
  return typed;
}

function only(object: object, known: readonly string[]): void {
  const unknown = Object.keys(object).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`an authorization policy's ${unknown.join(", ")} is not evaluated here`);
}
