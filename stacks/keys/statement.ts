import type { AwsBlueprint } from "../blueprint/schema";

/** Whose key it is: the part of a blueprint that key policies speak of. */
export type Owner = Pick<AwsBlueprint, "account" | "region" | "access">;

/** The condition block of a statement: operator → condition key → what it must match. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a key policy. None of ours denies, so no combination of them can lock an administrator out. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly AWS: string } | { readonly Service: string };
  readonly Action: readonly string[];
  /** In a key policy `*` means this key (AWS KMS developer guide, "Key policies"). */
  readonly Resource: "*";
  readonly Condition: Condition;
}

/** Who a statement admits; spread into it. */
export type Admitted = Pick<Statement, "Principal" | "Condition">;

/**
 * Roles that the key *and* their own IAM policy must both admit: the account is the principal, the condition names the
 * roles by ARN. A role named as principal is stored by its unique id, so one that is made again would be locked out.
 *
 * @control keys-lasting-principals
 */
export function withIam(owner: Owner, principals: readonly string[], conditions: Condition = {}): Admitted {
  return {
    Principal: { AWS: `arn:aws:iam::${owner.account}:root` },
    Condition: merge(conditions, { ArnLike: { "aws:PrincipalArn": principals } }),
  };
}

/**
 * Roles that the key alone must admit because nobody can write KMS permissions into their IAM policies: AWS's
 * service-linked roles have none for customer-managed keys ("Required AWS KMS key policy for use with encrypted
 * volumes", EC2 Auto Scaling user guide). The wildcard is narrowed to this account and these ARNs, and holds for
 * a role that does not exist yet, which a literal principal does not.
 *
 * @control keys-not-public
 */
export function byKeyAlone(owner: Owner, principals: readonly string[], conditions: Condition = {}): Admitted {
  return {
    Principal: { AWS: "*" },
    Condition: merge(conditions, {
      StringEquals: { "kms:CallerAccount": owner.account },
      ArnLike: { "aws:PrincipalArn": principals },
    }),
  };
}

/** Only through this AWS service, in this account and region: a stolen credential cannot call KMS itself. */
export function through(owner: Owner, service: string): Condition {
  return {
    StringEquals: {
      "kms:CallerAccount": owner.account,
      "kms:ViaService": `${service}.${owner.region}.amazonaws.com`,
    },
  };
}

/**
 * Only a grant that an AWS service makes for a resource it attaches, a volume for instance.
 *
 * @control keys-grants-for-services
 */
export const forAwsResource: Condition = { Bool: { "kms:GrantIsForAWSResource": "true" } };

/** A role of this account by name or name pattern. */
export function role(owner: Owner, name: string): string {
  return `arn:aws:iam::${owner.account}:role/${name}`;
}

/** AWS's service-linked role of a service; whether it exists yet does not matter. */
export function serviceLinkedRole(owner: Owner, service: string, name: string): string {
  return role(owner, `aws-service-role/${service}.amazonaws.com/${name}`);
}

/** Joins condition blocks: all of them must hold. */
export function merge(...conditions: readonly Condition[]): Condition {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, keys] of conditions.flatMap((condition) => Object.entries(condition))) {
    merged[operator] = { ...merged[operator], ...keys };
  }
  return merged;
}

/** The policy as KMS takes it. */
export function document(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
