import { allows, type Caller } from "./evaluator";

const role: Caller = { arn: "arn:aws:iam::111122223333:role/a", iamAllows: false };

const policy = (statement: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", ...statement }] });

const decrypts = (statement: object, caller: Caller = role, context = {}) =>
  allows(policy(statement), { caller, action: "kms:Decrypt", context });

describe("the evaluator of key policies", () => {
  it("lets the account's IAM decide where the account is the principal", () => {
    const account = { Principal: { AWS: "arn:aws:iam::111122223333:root" } };

    expect(decrypts(account, role)).toBe(false);
    expect(decrypts(account, { ...role, iamAllows: true })).toBe(true);
    expect(decrypts(account, { arn: "arn:aws:iam::111122223333:root", iamAllows: false })).toBe(true);
    expect(decrypts(account, { arn: "arn:aws:iam::444455556666:role/a", iamAllows: true })).toBe(false);
  });

  it("lets a service in only by its own name", () => {
    const logs = { Principal: { Service: "logs.eu-central-1.amazonaws.com" } };

    expect(decrypts(logs, { service: "logs.eu-central-1.amazonaws.com" })).toBe(true);
    expect(decrypts(logs, { service: "logs.eu-west-1.amazonaws.com" })).toBe(false);
    expect(decrypts(logs, role)).toBe(false);
  });

  it("lets a denial win over any permission", () => {
    const denied = { Effect: "Deny", Principal: "*", Action: "kms:*" };
    const both = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*" }, denied] });

    expect(allows(both, { caller: role, action: "kms:Decrypt" })).toBe(false);
  });

  it.each([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a*", "ab", false],
    ["StringLike", "a*", "ab", true],
    ["StringNotEquals", "a", "a", false],
    ["StringNotEquals", "a", undefined, true],
    ["StringEquals", "a", undefined, false],
    ["StringEqualsIfExists", "a", undefined, true],
    ["ForAnyValue:StringEquals", "a", ["b", "a"], true],
    ["ForAnyValue:StringEquals", "a", ["b"], false],
    ["ForAllValues:StringEquals", "a", ["a", "a"], true],
    ["ForAllValues:StringEquals", "a", ["a", "b"], false],
    ["ForAllValues:StringEquals", "a", undefined, true],
    ["ArnLike", "arn:aws:iam::*:role/a*", "arn:aws:iam::1:role/ab", true],
    ["ArnLike", "arn:aws:*:role/a", "arn:aws:iam::1:role/a", false],
    ["ArnEquals", "arn:aws:iam::1:role/?", "arn:aws:iam::1:role/a", true],
    ["ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", false],
    ["Bool", "true", "True", true],
    ["Bool", "true", undefined, false],
    ["Null", "true", undefined, true],
    ["Null", "true", "a", false],
    ["Null", "false", "a", true],
  ])("reads %s %j against %j as %s", (operator, expected, actual, answer) => {
    const context = actual === undefined ? {} : { key: actual };

    expect(decrypts({ Condition: { [operator]: { key: expected } } }, role, context)).toBe(answer);
  });

  it("stops at an operator it does not know", () => {
    expect(() => decrypts({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })).toThrow('"IpAddress"');
  });
});
