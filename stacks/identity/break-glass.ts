import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { ADMINISTRATION } from "../keys/administration";
import { roleName } from "./name";

type BreakGlass = NonNullable<ClusterBlueprint["identity"]["breakGlass"]>;

/** An hour: long enough to mend, short enough that a forgotten session ends by itself. */
const SESSION_SECONDS = 3600;

/**
 * The role that still gets in when everything else fails: into the cluster by its access entry, and to the keys, whose
 * policies ask IAM for its word as well. It gets nothing else.
 *
 * @control identity-break-glass-session
 */
export function breakGlassRole(
  name: string,
  blueprint: ClusterBlueprint,
  breakGlass: BreakGlass,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  const role = new aws.iam.Role(
    `${name}-break-glass`,
    {
      name: roleName(blueprint, "break-glass"),
      description: `Administers EKS cluster ${blueprint.cluster.name} when nothing else does; every use is reported`,
      assumeRolePolicy: breakGlassTrust(blueprint.account, breakGlass),
      maxSessionDuration: SESSION_SECONDS,
    },
    opts,
  );

  new aws.iam.RolePolicy(
    `${name}-break-glass`,
    { name: `${name}-break-glass`, role: role.name, policy: breakGlassPermissions(blueprint) },
    opts,
  );
  return role;
}

/**
 * What break-glass may do in IAM: administer the keys of this cluster, never use them. A key is named by its alias, which
 * is known before the key exists; a change of an alias asks for both the alias and the key.
 */
function breakGlassPermissions({ account, region, cluster }: ClusterBlueprint): string {
  const own = `alias/bulwark/${cluster.name}/*`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Find", Effect: "Allow", Action: "kms:ListAliases", Resource: "*" },
      {
        Sid: "Keys",
        Effect: "Allow",
        Action: ADMINISTRATION,
        Resource: `arn:aws:kms:${region}:${account}:key/*`,
        Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": own } },
      },
      {
        Sid: "Aliases",
        Effect: "Allow",
        Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
        Resource: `arn:aws:kms:${region}:${account}:${own}`,
      },
    ],
  });
}

/**
 * Who may become break-glass. The account is the principal and the condition names the people: a role named as principal
 * is stored by its id, and one that IAM Identity Center makes again would be locked out on the day it is needed. To
 * such roles AWS never gives the MFA key, so for them the identity provider must ask (IAM user guide, "AWS global
 * condition context keys", aws:MultiFactorAuthPresent).
 *
 * @control identity-break-glass-mfa
 * @control iam-no-public-trust
 */
export function breakGlassTrust(account: string, { principals, mfa }: BreakGlass): string {
  const named = { ArnEquals: { "aws:PrincipalArn": principals } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "BreakGlass",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
        Condition: mfa.checkedBy === "aws" ? { ...named, Bool: { "aws:MultiFactorAuthPresent": "true" } } : named,
      },
    ],
  });
}
