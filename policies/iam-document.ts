/** Who a statement speaks of: the kind AWS names (`AWS`, `Service`, `Federated`, `CanonicalUser`) and one value. */
interface Principal {
  readonly kind: string;
  readonly value: string;
}

/** One condition: `StringEquals`, its key in lower case (AWS ignores its case), and the values that satisfy it. */
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement of an IAM document with every list spelled out. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly principals: readonly Principal[];
  /** True when the statement names whom it does not mean, which for Allow means almost everybody. */
  readonly notPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a policy document given as JSON text or as an object. Throws when it is neither, since nothing can be judged then. */
export function statementsOf(document: unknown): Statement[] {
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  if (!isFields(parsed)) throw new Error("the policy document is not a JSON object");
  return listOf(parsed["Statement"])
    .filter(isFields)
    .map((statement) => ({
      effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
      principals: principalsOf(statement["Principal"] ?? statement["NotPrincipal"]),
      notPrincipal: statement["NotPrincipal"] !== undefined,
      actions: stringsOf(statement["Action"]),
      notActions: stringsOf(statement["NotAction"]),
      resources: stringsOf(statement["Resource"]),
      notResources: stringsOf(statement["NotResource"]),
      conditions: conditionsOf(statement["Condition"]),
    }));
}

/** Only the statements that give something. */
export function allowsOf(document: unknown): Statement[] {
  return statementsOf(document).filter(({ effect }) => effect === "Allow");
}

/** True when the statement covers the action, wildcards and `NotAction` included. */
export function covers({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !notActions.some((pattern) => like(pattern, action));
  return actions.some((pattern) => like(pattern, action));
}

/** True when the statement speaks of everything: `*`, or everything but a few. */
export function coversEverything({ resources, notResources }: Statement): boolean {
  return notResources.length > 0 || resources.some((resource) => /^\*+$/.test(resource));
}

/** True when anybody at all is meant. */
export function isPublic({ principals, notPrincipal }: Statement): boolean {
  return notPrincipal || principals.some(({ value }) => value === "*");
}

/** The values a condition key is pinned to by an operator that really pins: equality or a pattern, never its negation or `IfExists`. */
export function pinned({ conditions }: Statement, key: string): readonly string[] {
  return conditions
    .filter(
      (condition) =>
        condition.key === key.toLowerCase() && /^(String|Arn)(Equals|Like|EqualsIgnoreCase)$/.test(condition.operator),
    )
    .flatMap(({ values }) => values);
}

/** The account of an ARN or a bare account id. */
export function accountOf(principal: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::|$)/.exec(principal)?.[1];
}

/** IAM's wildcards: `*` any characters, `?` one; action names ignore case. */
export function like(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "is").test(text);
}

function principalsOf(value: unknown): Principal[] {
  if (typeof value === "string") return [{ kind: "AWS", value }];
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([kind, values]) => stringsOf(values).map((one) => ({ kind, value: one })));
}

function conditionsOf(value: unknown): Condition[] {
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isFields(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: stringsOf(values) }))
      : [],
  );
}

function stringsOf(value: unknown): string[] {
  return listOf(value).map(String);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
