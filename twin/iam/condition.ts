import { BlockList, isIPv4, isIPv6 } from "node:net";

import { type Carried, resolve } from "./context";
import { compile, compileArn, type Piece } from "./pattern";
import { all, any, not, type Truth } from "./truth";

/** The condition block of a statement: operator → condition key → value or values. */
export type Conditions = Readonly<Record<string, unknown>>;

type Test = (expected: readonly Piece[], actual: string) => boolean;

const plain = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");
const numeric =
  (compare: (difference: number) => boolean): Test =>
  (expected, actual) =>
    compare(Number(actual) - Number(plain(expected)));
const dated =
  (compare: (difference: number) => boolean): Test =>
  (expected, actual) =>
    compare(instant(actual) - instant(plain(expected)));
const arn: Test = (expected, actual) => compileArn(expected).test(actual);

// IAM user guide, "IAM JSON policy elements: Condition operators"; ArnEquals and ArnLike behave identically.
const tests: Readonly<Record<string, Test>> = {
  StringEquals: (expected, actual) => plain(expected) === actual,
  StringEqualsIgnoreCase: (expected, actual) => plain(expected).toLowerCase() === actual.toLowerCase(),
  StringLike: (expected, actual) => compile(expected).test(actual),
  ArnEquals: arn,
  ArnLike: arn,
  Bool: (expected, actual) => plain(expected).toLowerCase() === actual.toLowerCase(),
  BinaryEquals: (expected, actual) => plain(expected) === actual,
  IpAddress: (expected, actual) => isWithin(plain(expected), actual),
  NumericEquals: numeric((difference) => difference === 0),
  NumericLessThan: numeric((difference) => difference < 0),
  NumericLessThanEquals: numeric((difference) => difference <= 0),
  NumericGreaterThan: numeric((difference) => difference > 0),
  NumericGreaterThanEquals: numeric((difference) => difference >= 0),
  DateEquals: dated((difference) => difference === 0),
  DateLessThan: dated((difference) => difference < 0),
  DateLessThanEquals: dated((difference) => difference <= 0),
  DateGreaterThan: dated((difference) => difference > 0),
  DateGreaterThanEquals: dated((difference) => difference >= 0),
};

/**
 * Whether all conditions of a statement hold. All operators and keys must; of several values one is enough. Throws at an
 * operator that IAM does not have, since nothing can be judged then.
 */
export function hold(conditions: Conditions, context: Carried): Truth {
  return all(
    Object.entries(conditions).flatMap(([operator, block]) =>
      Object.entries(block as Conditions).map(([key, expected]) =>
        holdsFor(parse(operator), [expected].flat().map(String), context.valuesOf(key), context),
      ),
    ),
  );
}

interface Operator {
  /** How several values of the request are taken together. */
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly test: Test | "Null";
}

function parse(operator: string): Operator {
  const [, set, whole = ""] = /^(?:(ForAllValues|ForAnyValue):)?(\w+)$/.exec(operator) ?? [];
  const ifExists = whole.endsWith("IfExists");
  const name = ifExists ? whole.slice(0, -"IfExists".length) : whole;
  const positive = name === "NotIpAddress" ? "IpAddress" : name.replace(/^(String|Arn|Numeric|Date)Not/, "$1");
  const test = name === "Null" ? name : tests[positive];
  if (test === undefined) throw new Error(`IAM has no condition operator "${operator}"`);
  return { set: set as Operator["set"], ifExists, negated: positive !== name, test };
}

function holdsFor(
  { set, ifExists, negated, test }: Operator,
  expected: readonly string[],
  actual: readonly string[] | undefined,
  context: Carried,
): Truth {
  if (actual === undefined) return undefined;
  const isAbsent = actual.length === 0;
  if (test === "Null") return expected.some((value) => (value.toLowerCase() === "true") === isAbsent);
  // An absent key fails a positive operator and satisfies a negated one; all of no values satisfy anything.
  if (isAbsent) return ifExists || set === "ForAllValues" || (negated && set === undefined);

  const patterns = expected.map((value) => resolve(value, context));
  const matches = (value: string): Truth =>
    any(patterns.map((pieces) => (pieces === undefined ? undefined : pieces !== null && test(pieces, value))));
  const each = actual.map((value) => (negated ? not(matches(value)) : matches(value)));
  // Several values without a set operator are not documented; taken so that a denial is not evaded by adding values.
  return set === "ForAllValues" || (set === undefined && negated) ? all(each) : any(each);
}

function isWithin(range: string, address: string): boolean {
  const [base = "", bits] = range.split("/");
  const [family, isFamily, length] = isIPv4(base) ? (["ipv4", isIPv4, 32] as const) : (["ipv6", isIPv6, 128] as const);
  if (!isFamily(base) || !isFamily(address)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(bits ?? length), family);
  return list.check(address, family);
}

/** A date as ISO 8601 text or in seconds since 1970. */
function instant(date: string): number {
  return /^\d+$/.test(date) ? Number(date) * 1000 : Date.parse(date);
}
