import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { podIdentityTrust } from "../identity/trust";

export interface WorkloadRoleArgs {
  readonly blueprint: ClusterBlueprint;
  /** What the role is for; ends its name, so 14 characters at the most. */
  readonly purpose: string;
  /** Where its pods run. @default kube-system: where EKS installs its add-ons */
  readonly namespace?: string;
  /** The one service account of that namespace that gets it. */
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
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly attached: readonly pulumi.Resource[];
}

/**
 * The role of one add-on or controller, handed out by Pod Identity to one service account of this cluster.
 *
 * @control identity-pod-trust-confined
 * @control identity-one-role-per-workload
 */
export function workloadRole(
  name: string,
  { blueprint, purpose, namespace = "kube-system", serviceAccount, boundary, managed, policy }: WorkloadRoleArgs,
  opts: pulumi.CustomResourceOptions,
): WorkloadRole {
  const logical = `${name}-${purpose}`;
  const role = new aws.iam.Role(
    logical,
    {
      name: `bulwark-${blueprint.cluster.name}-${purpose}`,
      description: `Pods of ${namespace}/${serviceAccount} in EKS cluster ${blueprint.cluster.name}`,
      assumeRolePolicy: podIdentityTrust(blueprint, { namespace, name: serviceAccount }),
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

  return { role, namespace, serviceAccount, attached };
}
