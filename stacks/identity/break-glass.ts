import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "./name";

type BreakGlass = NonNullable<ClusterBlueprint["identity"]["breakGlass"]>;

/** An hour: long enough to mend, short enough that a forgotten session ends by itself. */
const SESSION_SECONDS = 3600;

/**
 * The role that still gets in when everything else fails. It has no policy of its own: all it can do is in the cluster,
 * by its access entry, and with the keys, by their policies.
 *
 * @control identity-break-glass-session
 */
export function breakGlassRole(
  name: string,
  blueprint: ClusterBlueprint,
  breakGlass: BreakGlass,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    `${name}-break-glass`,
    {
      name: roleName(blueprint, "break-glass"),
      description: `Administers EKS cluster ${blueprint.cluster.name} when nothing else does; every use is reported`,
      assumeRolePolicy: breakGlassTrust(blueprint.account, breakGlass),
      maxSessionDuration: SESSION_SECONDS,
    },
    opts,
  );
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
