/** What a request carries besides principal and action; an absent key is absent. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

type Test = (expected: string, actual: string) => boolean;

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

/**
 * Whether one operator's block holds, by the rules of "IAM JSON policy elements: Condition operators": all keys must
 * hold, one of the values is enough, an absent key fails a positive operator and satisfies a negated one or one with
 * IfExists. An operator that this evaluator does not know stops the test instead of passing it.
 */
export function holds(operator: string, block: Readonly<Record<string, unknown>>, context: Context): boolean {
  return Object.entries(block).every(([key, expected]) => holdsFor(operator, many(expected), context[key]));
}

function holdsFor(operator: string, expected: readonly string[], actual: Context[string] | undefined): boolean {
  if (operator === "Null") return expected.includes(String(actual === undefined));

  const name = operator.replace(/^For(AnyValue|AllValues):/, "").replace(/IfExists$/, "");
  const negated = /^(String|Arn)Not/.test(name);
  const test = tests[name.replace("Not", "")];
  if (test === undefined) throw new Error(`the evaluator does not know the operator "${operator}"`);

  const everyOne = operator.startsWith("ForAllValues:");
  if (actual === undefined) return negated || everyOne || operator.endsWith("IfExists");
  const actuals = many(actual);
  if (everyOne) return actuals.every((value) => expected.some((pattern) => test(pattern, value)) !== negated);
  if (name === operator && actuals.length > 1) throw new Error(`"${operator}" met several values`);
  return actuals.some((value) => expected.some((pattern) => test(pattern, value))) !== negated;
}

/** Matches `*` and `?` over the whole text. */
export function like(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

/** Matches an ARN part by part: a wildcard never reaches over a colon. */
function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [split(pattern), split(arn)];
  return patterns.length === parts.length && patterns.every((part, index) => like(part, parts[index] ?? ""));
}

function split(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

export function many(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
