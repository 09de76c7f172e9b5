import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { podIdentityTrust } from "../identity/trust";

/** Where EKS installs its add-ons. */
const NAMESPACE = "kube-system";

export interface WorkloadRoleArgs {
  readonly blueprint: ClusterBlueprint;
  /** What the role is for; ends its name. */
  readonly purpose: string;
  /** The one service account of kube-system that gets it. */
  readonly serviceAccount: string;
  /** The most that the role may ever do, whatever is attached to it. */
  readonly boundary: aws.iam.Policy;
  /** A policy that AWS keeps, by ARN. */
  readonly managed?: string;
  /** A policy of our own, as JSON. */
  readonly policy?: string;
}

/** A role, whom it is for, and what must be attached before it is of use. */
export interface WorkloadRole {
  readonly role: aws.iam.Role;
  readonly serviceAccount: string;
  readonly attached: readonly pulumi.Resource[];
}

/**
 * The role of one add-on, handed out by Pod Identity to one service account of this cluster.
 *
 * @control identity-pod-trust-confined
 * @control identity-one-role-per-workload
 */
export function workloadRole(
  name: string,
  { blueprint, purpose, serviceAccount, boundary, managed, policy }: WorkloadRoleArgs,
  opts: pulumi.CustomResourceOptions,
): WorkloadRole {
  const logical = `${name}-${purpose}`;
  const role = new aws.iam.Role(
    logical,
    {
      name: `bulwark-${blueprint.cluster.name}-${purpose}`,
      description: `Add-on ${purpose} of EKS cluster ${blueprint.cluster.name}`,
      assumeRolePolicy: podIdentityTrust(blueprint, { namespace: NAMESPACE, name: serviceAccount }),
      /** @control addons-role-boundary */
      permissionsBoundary: boundary.arn,
    },
    opts,
  );

  const attached: pulumi.Resource[] = [];
  if (managed !== undefined)
    attached.push(new aws.iam.RolePolicyAttachment(logical, { role: role.name, policyArn: managed }, opts));
  if (policy !== undefined)
    attached.push(new aws.iam.RolePolicy(logical, { name: logical, role: role.name, policy }, opts));

  return { role, serviceAccount, attached };
}
