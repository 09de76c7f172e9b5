import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";

/** The control plane's role and the attachment that makes it useful; EKS refuses the role before both exist. */
export interface ControlPlaneRole {
  readonly role: aws.iam.Role;
  readonly attachment: aws.iam.RolePolicyAttachment;
}

/**
 * The role that the control plane acts under: one managed policy, and a name that the secrets key's policy knows.
 *
 * @control iam-cluster-role-policies
 */
export function controlPlaneRole(
  name: string,
  blueprint: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
): ControlPlaneRole {
  const role = new aws.iam.Role(
    `${name}-control-plane`,
    {
      name: `bulwark-${blueprint.cluster.name}-cluster`,
      description: `Control plane of EKS cluster ${blueprint.cluster.name}`,
      assumeRolePolicy: trust(blueprint.account),
    },
    opts,
  );

  const attachment = new aws.iam.RolePolicyAttachment(
    `${name}-control-plane`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
    opts,
  );

  return { role, attachment };
}

/**
 * EKS may assume the role, and only on behalf of this account: without the condition the service could be made to use
 * it for somebody else's cluster (IAM user guide, "The confused deputy problem").
 *
 * @control iam-cluster-role-trust
 * @control iam-service-trust-confined
 */
export function trust(account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EksOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}
