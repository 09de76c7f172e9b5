import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { accountOf, allowsOf, covers, isPublic, pinned, type Statement } from "../iam-document";
import { isSet } from "../unknown";
import { KEY } from "./settings";

const KEY_POLICY = token<aws.kms.KeyPolicyArgs>("aws:kms/keyPolicy:KeyPolicy");
const ADMINISTERS = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"];
const USES = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"];

/** Who a key admits: never the world, never a principal that can dangle, never one hand for both halves. */
export const policy: readonly Control[] = [
  inventoryControl({
    id: "keys-explicit-policy",
    title: "Every KMS key has a policy of its own",
    severity: "high",
    why: "without one AWS writes a policy that lets every administrator of the account use the key",
    fix: "give the key a `policy`",
    refs: { catalogue: "EKS-KMS-3", checkov: ["CKV2_AWS_64"] },
    about: [KEY],
    *check(key, inventory) {
      if (isSet(key.inputs, "policy")) return;
      if (inventory.linking(KEY_POLICY, "keyId", key).length === 0)
        yield { path: "policy", message: "the key has no policy of its own" };
    },
    good: [
      [item(KEY, "secrets", { policy: document(root("kms:PutKeyPolicy")) })],
      [
        item(KEY, "secrets", {}),
        item(KEY_POLICY, "secrets", { keyId: "k", policy: "{}" }, { links: { keyId: [item(KEY, "secrets", {})] } }),
      ],
    ],
    bad: [[item(KEY, "secrets", {})]],
  }),

  resourceControl({
    id: "keys-not-public",
    title: "A key policy admits nobody from outside the account or organisation",
    severity: "critical",
    why: "a wildcard principal lets any AWS account in the world use the key",
    fix: "condition the statement on `kms:CallerAccount` or `aws:PrincipalOrgID`, or name the account as principal",
    refs: { catalogue: "EKS-KMS-4", securityHub: ["KMS.5"], checkov: ["CKV_AWS_33"] },
    resource: KEY,
    *check({ policy }) {
      for (const statement of allowsOf(policy ?? {})) {
        if (isPublic(statement) && !staysInside(statement))
          yield { path: "policy", message: "the key policy admits every AWS account" };
      }
    },
    good: [
      { policy: document(root("kms:PutKeyPolicy")) },
      {
        policy: document({
          ...anybody("kms:Decrypt"),
          Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } },
        }),
      },
      {
        policy: document({
          ...anybody("kms:Decrypt"),
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        }),
      },
    ],
    bad: [
      { policy: document(anybody("kms:Decrypt")) },
      { policy: document({ ...anybody("kms:Decrypt"), Principal: "*" }) },
      {
        policy: document({
          ...anybody("kms:Decrypt"),
          Condition: { StringNotEquals: { "kms:CallerAccount": "444455556666" } },
        }),
      },
      { policy: document({ ...anybody("kms:Decrypt"), Condition: { StringLike: { "kms:CallerAccount": "*" } } }) },
    ],
  }),

  resourceControl({
    id: "keys-lasting-principals",
    title: "A key policy names the account and narrows by ARN, never a role as principal",
    severity: "medium",
    why: "KMS keeps a role's unique id, not its name: a role that is made again is locked out of its own data",
    fix: "use the account root as principal with `ArnLike` on `aws:PrincipalArn`",
    refs: { catalogue: "EKS-KMS-4" },
    resource: KEY,
    *check({ policy }) {
      for (const { principals } of allowsOf(policy ?? {})) {
        for (const { kind, value } of principals) {
          if (kind === "AWS" && /:(role|user)\//.test(value))
            yield { path: "policy", message: `the key policy names ${value} as principal` };
        }
      }
    },
    good: [{ policy: document(root("kms:Decrypt")) }],
    bad: [{ policy: document({ ...root("kms:Decrypt"), Principal: { AWS: "arn:aws:iam::111122223333:role/app" } }) }],
  }),

  resourceControl({
    id: "keys-administration-separate",
    title: "Nobody who administers a key can use it by the same right",
    severity: "high",
    why: "whoever can both change the policy and decrypt reads the data and hides the trace",
    fix: "split the statement: one for administration, one for use",
    refs: { catalogue: "EKS-KMS-4" },
    resource: KEY,
    *check({ policy }) {
      for (const statement of allowsOf(policy ?? {})) {
        const administers = ADMINISTERS.find((action) => covers(statement, action));
        const uses = USES.find((action) => covers(statement, action));
        if (administers !== undefined && uses !== undefined)
          yield { path: "policy", message: `one statement grants both ${administers} and ${uses}` };
      }
    },
    good: [{ policy: document(root("kms:PutKeyPolicy"), root("kms:Decrypt")) }],
    bad: [{ policy: document(root("kms:*")) }, { policy: document(root("kms:PutKeyPolicy", "kms:CreateGrant")) }],
  }),

  resourceControl({
    id: "keys-administrable",
    title: "The account itself can always administer its keys",
    severity: "high",
    why: "roles come and go; if only they may change the policy, one deletion locks everybody out",
    fix: "let a statement for the account root cover `kms:PutKeyPolicy`",
    refs: { catalogue: "EKS-KMS-4" },
    resource: KEY,
    *check({ policy }) {
      if (policy === undefined) return;
      const administrators = allowsOf(policy).filter((statement) => covers(statement, "kms:PutKeyPolicy"));
      if (!administrators.some(admitsRoot))
        yield { path: "policy", message: "no statement lets the account administer the key" };
    },
    good: [
      {},
      { policy: document(root("kms:PutKeyPolicy")) },
      {
        policy: document({
          ...root("kms:PutKeyPolicy"),
          Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:root"] } },
        }),
      },
    ],
    bad: [
      { policy: document(root("kms:Decrypt")) },
      { policy: document({ ...root("kms:PutKeyPolicy"), Principal: { AWS: "arn:aws:iam::111122223333:role/admin" } }) },
      {
        policy: document({
          ...root("kms:PutKeyPolicy"),
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin" } },
        }),
      },
    ],
  }),
];

function staysInside(statement: Statement): boolean {
  const bounds = ["kms:CallerAccount", "aws:PrincipalAccount", "aws:PrincipalOrgID"].flatMap((key) =>
    pinned(statement, key),
  );
  return bounds.length > 0 && bounds.every((bound) => !/[*?]/.test(bound));
}

// The principal must be the account, and where a condition names principals, root must be among them.
function admitsRoot(statement: Statement): boolean {
  const accounts = statement.principals.filter(
    ({ kind, value }) => kind === "AWS" && (/^\d{12}$/.test(value) || value.endsWith(":root")),
  );
  const narrowed = pinned(statement, "aws:PrincipalArn");
  return accounts.some(({ value }) => {
    const root = `:${accountOf(value) ?? ""}:root`;
    return narrowed.length === 0 || narrowed.some((arn) => arn.endsWith(root));
  });
}

/** A key policy for examples. */
export function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A statement for the account root, for examples. */
export function root(...actions: readonly string[]) {
  return { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: actions, Resource: "*" };
}

function anybody(action: string) {
  return { Effect: "Allow", Principal: { AWS: "*" }, Action: action, Resource: "*" };
}
