import { hold } from "../../twin/iam/condition";
import { carried, type Context } from "../../twin/iam/context";
import type { Truth } from "../../twin/iam/truth";

type Row = readonly [operator: string, expected: unknown, actual: Context[string] | undefined, answer: boolean];

// IAM user guide: "Condition operators", and "Multivalued context keys" for the two set operators.
const rows: readonly Row[] = [
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringEquals", "a", undefined, false],
  ["StringEqualsIfExists", "a", undefined, true],
  ["StringEqualsIfExists", "a", "b", false],
  ["StringNotEquals", "a", "a", false],
  ["StringNotEquals", ["a", "b"], "c", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", "a", undefined, true],
  ["StringEqualsIgnoreCase", "a", "A", true],
  ["StringNotEqualsIgnoreCase", "a", "A", false],
  ["StringLike", "a*c?", "abbcd", true],
  ["StringLike", "a?", "a", false],
  ["StringLike", "a.c", "abc", false],
  ["StringNotLike", "a*", "b", true],
  ["ArnLike", "arn:aws:iam::*:role/a*", "arn:aws:iam::1:role/a/b", true],
  ["ArnLike", "arn:aws:*:role/a", "arn:aws:iam::1:role/a", false],
  ["ArnLike", "arn:aws:logs:*:1:log-group:*", "arn:aws:logs:r:1:log-group:a:b", true],
  ["ArnEquals", "arn:aws:iam::1:role/?", "arn:aws:iam::1:role/a", true],
  ["ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", false],
  ["ArnNotEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b", true],
  ["Bool", "true", "True", true],
  ["Bool", false, "false", true],
  ["Bool", "true", undefined, false],
  ["BoolIfExists", "true", undefined, true],
  ["Null", "true", undefined, true],
  ["Null", "true", "a", false],
  ["Null", "false", "a", true],
  ["Null", false, [], false],
  ["NumericLessThanEquals", "3600", "3600", true],
  ["NumericGreaterThan", "3600", "3600", false],
  ["NumericEquals", "1", "1.0", true],
  ["NumericNotEquals", "1", "2", true],
  ["DateLessThan", "2026-11-23T00:00:00Z", "2026-11-22T00:00:00Z", true],
  ["DateGreaterThanEquals", "2026-11-23T00:00:00Z", "1800000000", true],
  ["IpAddress", "10.20.0.0/16", "10.20.3.4", true],
  ["IpAddress", "10.20.0.0/16", "10.21.0.1", false],
  ["IpAddress", "192.0.2.1", "192.0.2.1", true],
  ["IpAddress", "2001:db8::/32", "2001:db8:1::1", true],
  ["IpAddress", "10.20.0.0/16", "2001:db8:1::1", false],
  ["NotIpAddress", "10.20.0.0/16", "10.21.0.1", true],
  ["ForAnyValue:StringEquals", "a", ["b", "a"], true],
  ["ForAnyValue:StringEquals", "a", ["b"], false],
  ["ForAnyValue:StringEquals", "a", undefined, false],
  ["ForAnyValue:StringNotEquals", "a", ["a", "b"], true],
  ["ForAnyValue:StringNotEquals", "a", ["a"], false],
  ["ForAllValues:StringLike", ["a*", "b"], ["ax", "b"], true],
  ["ForAllValues:StringLike", "a*", ["ax", "b"], false],
  ["ForAllValues:StringLike", "a*", undefined, true],
  ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
  ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
];

const holds = (operator: string, expected: unknown, context: Context, unsaid?: "unknown"): Truth =>
  hold({ [operator]: { "aws:Key": expected } }, carried(context, unsaid));

describe("a condition", () => {
  it.each(rows)("%s %j is met by %j: %s", (operator, expected, actual, answer) => {
    expect(holds(operator, expected, actual === undefined ? {} : { "AWS:key": actual })).toBe(answer);
  });

  it.each(rows.filter(([operator, , actual]) => actual === undefined && !operator.startsWith("ForAll")))(
    "%s %j depends on a key that nobody told of",
    (operator, expected) => {
      expect(holds(operator, expected, {}, "unknown")).toBeUndefined();
    },
  );

  it("needs every operator and every key, and is false as soon as one fails, whatever is unknown", () => {
    const block = { StringEquals: { a: "1", b: "2" }, Bool: { c: "true" } };

    expect(hold(block, carried({ a: "1", b: "2", c: "true" }))).toBe(true);
    expect(hold(block, carried({ a: "1", b: "3", c: "true" }))).toBe(false);
    expect(hold(block, carried({ a: "1", b: "2" }, "unknown"))).toBeUndefined();
    expect(hold(block, carried({ a: "0" }, "unknown"))).toBe(false);
  });

  it("stops at an operator that IAM does not have", () => {
    expect(() => holds("StringSounds", "a", {})).toThrow('"StringSounds"');
  });
});

describe("a policy variable", () => {
  const equals = (expected: string, context: Context, operator = "StringEquals", unsaid?: "unknown") =>
    holds(operator, expected, context, unsaid);

  it.each([
    ["stands for the value of its key", "${aws:PrincipalTag/team}", { "aws:PrincipalTag/team": "a" }, true],
    ["matches nothing when its key is absent", "${aws:PrincipalTag/team}", {}, false],
    ["falls back to its default", "${aws:PrincipalTag/team, 'a'}", {}, true],
    ["stands inside text", "x-${aws:PrincipalTag/team}", { "aws:PrincipalTag/team": "a" }, false],
  ])("%s", (_, expected, context, answer) => {
    expect(equals(expected, { "aws:key": "a", ...context })).toBe(answer);
  });

  it("brings no wildcard with it, and spells one as text", () => {
    expect(equals("${aws:username}", { "aws:key": "abc", "aws:username": "*" }, "StringLike")).toBe(false);
    expect(equals("${*}", { "aws:key": "abc" }, "StringLike")).toBe(false);
    expect(equals("${*}", { "aws:key": "*" }, "StringLike")).toBe(true);
  });

  it("leaves the answer open while its key is unknown", () => {
    expect(equals("${aws:username}", { "aws:key": "a" }, "StringEquals", "unknown")).toBeUndefined();
  });
});
