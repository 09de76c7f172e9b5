import type { Caller, Identity } from "../../twin/iam/caller";
import { decide, type Request } from "../../twin/iam/evaluate";
import { deny, document } from "./document";

const role: Identity = { arn: "arn:aws:iam::111122223333:role/app" };
const user: Identity = { arn: "arn:aws:iam::111122223333:user/ann" };
const session = { ...role, session: "arn:aws:sts::111122223333:assumed-role/app/pod" };
const stranger: Identity = { arn: "arn:aws:iam::444455556666:role/app" };
const root: Identity = { arn: "arn:aws:iam::111122223333:root" };
const logs: Caller = { service: "logs.eu-central-1.amazonaws.com" };

const read = { Action: "s3:GetObject" };
const reads = document(read);
const nothing = document({ Action: "sts:GetCallerIdentity" });
const object = { arn: "arn:aws:s3:::shop/a", account: "111122223333" };
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const open = (principal: unknown, more: object = {}) => document({ ...read, Principal: principal, ...more });

const reading = (caller: Caller, policy?: string, more: Partial<Request> = {}) =>
  decide({ caller, action: "s3:GetObject", resource: policy === undefined ? object : { ...object, policy }, ...more });
const decrypting = (caller: Caller, principal: unknown) =>
  decide({
    caller,
    action: "kms:Decrypt",
    resource: { arn: key, policy: document({ Action: "kms:Decrypt", Principal: principal }) },
  });

// IAM user guide: "Policy evaluation logic" (within an account, across accounts), "Permissions boundaries for IAM entities".
describe("within an account", () => {
  it.each<readonly [string, Caller, string | undefined, string]>([
    ["nothing is allowed that nobody allows", role, undefined, "denied"],
    ["the identity's policy is enough", { ...role, policies: [reads] }, undefined, "allowed"],
    ["the resource's policy is enough when it names the role", role, open({ AWS: role.arn }), "allowed"],
    ["it is enough for everybody when it names everybody", role, open("*"), "allowed"],
    ["naming the account only leaves it to IAM", role, open({ AWS: root.arn }), "denied"],
    ["naming the account by number is the same", role, open({ AWS: "111122223333" }), "denied"],
    ["a denial of the identity's wins", { ...role, policies: [reads, document(deny(read))] }, open("*"), "denied"],
    [
      "a denial of the resource's wins",
      { ...role, policies: [reads] },
      document(deny({ ...read, Principal: "*" })),
      "denied",
    ],
    ["a service needs the resource's word", logs, undefined, "denied"],
    ["a service is let in by its own name", logs, open({ Service: "logs.eu-central-1.amazonaws.com" }), "allowed"],
    [
      "the same service of another region is another",
      logs,
      open({ Service: "logs.eu-west-1.amazonaws.com" }),
      "denied",
    ],
    ["anonymous callers are among everybody", "anonymous", open("*"), "allowed"],
    ["anonymous callers are of no account", "anonymous", open({ AWS: root.arn }), "denied"],
    ["the root user needs no policy", root, undefined, "allowed"],
  ])("%s", (_, caller, policy, answer) => {
    expect(reading(caller, policy)).toBe(answer);
  });
});

describe("across accounts", () => {
  it.each<readonly [string, Caller, string | undefined, string]>([
    ["the identity's policy alone is not enough", { ...stranger, policies: [reads] }, undefined, "denied"],
    ["the resource's policy alone is not enough", stranger, open({ AWS: stranger.arn }), "denied"],
    ["both together are", { ...stranger, policies: [reads] }, open({ AWS: stranger.arn }), "allowed"],
    [
      "the resource may leave it to the other account",
      { ...stranger, policies: [reads] },
      open({ AWS: "444455556666" }),
      "allowed",
    ],
    ["not to its own", { ...stranger, policies: [reads] }, open({ AWS: "111122223333" }), "denied"],
  ])("%s", (_, caller, policy, answer) => {
    expect(reading(caller, policy)).toBe(answer);
  });
});

describe("a permissions boundary", () => {
  const bounded = { ...role, policies: [reads], boundary: nothing };

  it.each<readonly [string, Caller, string | undefined, string]>([
    ["grants nothing by itself", { ...role, boundary: reads }, undefined, "denied"],
    ["ends what the identity's policy grants", bounded, undefined, "denied"],
    ["lets through what both grant", { ...bounded, boundary: reads }, undefined, "allowed"],
    ["ends what a resource grants the role", bounded, open({ AWS: role.arn }), "denied"],
    [
      "does not end what a resource grants a session",
      { ...bounded, ...session },
      open({ AWS: session.session }),
      "allowed",
    ],
    ["does not end what a resource grants a user", { ...bounded, ...user }, open({ AWS: user.arn }), "allowed"],
    ["does not end what a resource grants everybody", bounded, open("*"), "allowed"],
    ["denies outright what it denies", { ...bounded, boundary: document(deny(read)) }, open("*"), "denied"],
    ["ends access to another account", { ...bounded, ...stranger }, open({ AWS: stranger.arn }), "denied"],
  ])("%s", (_, caller, policy, answer) => {
    expect(reading(caller, policy)).toBe(answer);
  });
});

// AWS KMS developer guide, "Key policies": the key's own policy must allow, or leave it to the account.
describe("a key", () => {
  const able = { ...role, policies: [document({ Action: "kms:Decrypt", Resource: key })] };

  it.each<readonly [string, Caller, unknown, string]>([
    ["is not opened by IAM alone", able, { AWS: "arn:aws:iam::111122223333:role/other" }, "denied"],
    ["is opened by IAM when it leaves it to the account", able, { AWS: root.arn }, "allowed"],
    ["leaves it to the account and to nobody without permission", role, { AWS: root.arn }, "denied"],
    ["opens for a role that it names, without IAM", role, { AWS: role.arn }, "allowed"],
    ["opens for the root user when it names the account", root, { AWS: root.arn }, "allowed"],
    ["does not open for the root user when it does not", root, { AWS: role.arn }, "denied"],
    ["does not open for a stranger who is only named", stranger, { AWS: stranger.arn }, "denied"],
  ])("%s", (_, caller, principal, answer) => {
    expect(decrypting(caller, principal)).toBe(answer);
  });
});

describe("a role", () => {
  const becomes = (caller: Caller, principal: unknown, action = "sts:AssumeRole") =>
    decide({
      caller,
      action,
      resource: {
        arn: "arn:aws:iam::111122223333:role/target",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: principal, Action: action }],
        }),
      },
    });
  const able = { ...role, policies: [document({ Action: "sts:AssumeRole" })] };

  it("is assumed by whom its trust names, or by whom the trusted account lets", () => {
    expect(becomes(role, { AWS: role.arn })).toBe("allowed");
    expect(becomes(role, { AWS: root.arn })).toBe("denied");
    expect(becomes(able, { AWS: root.arn })).toBe("allowed");
    expect(becomes(able, { Service: "ec2.amazonaws.com" })).toBe("denied");
  });

  it("is assumed with a token of the provider that it trusts", () => {
    const provider = "arn:aws:iam::111122223333:oidc-provider/id";
    const action = "sts:AssumeRoleWithWebIdentity";

    expect(becomes({ provider }, { Federated: provider }, action)).toBe("allowed");
    expect(becomes({ provider: `${provider}2` }, { Federated: provider }, action)).toBe("denied");
  });
});

describe("a statement", () => {
  const able = (statement: object): Identity => ({ ...role, policies: [document(statement)] });

  it.each<readonly [string, object, string]>([
    ["ignores the case of actions", { Action: "S3:getobject" }, "allowed"],
    ["knows wildcards in actions", { Action: "s3:Get*" }, "allowed"],
    ["leaves out what NotAction names", { NotAction: "s3:Get*" }, "denied"],
    ["holds what NotAction does not name", { NotAction: "iam:*" }, "allowed"],
    ["ends at its resources", { ...read, Resource: "arn:aws:s3:::other/*" }, "denied"],
    ["minds the case of resources", { ...read, Resource: "arn:aws:s3:::Shop/*" }, "denied"],
    ["leaves out what NotResource names", { ...read, NotResource: "arn:aws:s3:::shop/*" }, "denied"],
    ["fills in variables", { ...read, Resource: "arn:aws:s3:::${aws:PrincipalTag/bucket}/*" }, "allowed"],
  ])("%s", (_, statement, answer) => {
    expect(reading(able(statement), undefined, { context: { "aws:PrincipalTag/bucket": "shop" } })).toBe(answer);
  });

  it("speaks with NotPrincipal of everybody else, and of whoever has a boundary", () => {
    const others = (...names: readonly string[]) =>
      document({ ...read, Principal: "*" }, deny({ ...read, NotPrincipal: { AWS: names } }));

    expect(reading(role, others(role.arn, root.arn))).toBe("allowed");
    expect(reading(role, others(role.arn))).toBe("unknown");
    expect(reading(role, others(user.arn, root.arn))).toBe("denied");
    expect(reading({ ...role, boundary: reads }, others(role.arn, root.arn))).toBe("denied");
  });

  it("is no answer while its condition depends on what nobody said", () => {
    const inside = { ...read, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };

    expect(reading(able(inside))).toBe("denied");
    expect(reading(able(inside), undefined, { unsaid: "unknown" })).toBe("unknown");
    expect(reading({ ...role, policies: [reads, document(deny(inside))] }, undefined, { unsaid: "unknown" })).toBe(
      "unknown",
    );
    expect(reading({ ...role, policies: [reads, document(inside)] }, undefined, { unsaid: "unknown" })).toBe("allowed");
  });

  it("knows who calls without being told", () => {
    const ours = {
      ...read,
      Condition: {
        StringEquals: { "aws:PrincipalAccount": "111122223333" },
        ArnLike: { "aws:PrincipalArn": role.arn },
      },
    };

    expect(reading(able(ours))).toBe("allowed");
    expect(reading("anonymous", open("*", ours))).toBe("denied");
  });

  it("of a document that is none stops the evaluation", () => {
    expect(() => reading({ ...role, policies: ["{}"] })).toThrow("not a policy");
  });
});
