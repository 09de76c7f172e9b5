import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { roleName } from "../identity/name";
import { nodeRole } from "../nodes/role";
import { nodeRoleArn } from "./name";

/**
 * What a node that Karpenter starts acts under, and its way into the cluster: EKS makes an access entry for its own
 * managed groups, not for instances of others. The instance profile is ours, so that no controller needs the right to make
 * profiles and put roles into them.
 *
 * @control karpenter-node-role-minimal
 */
export function karpenterNode(
  name: string,
  { blueprint, cluster }: { readonly blueprint: ClusterBlueprint; readonly cluster: Pick<Cluster, "name"> },
  opts: pulumi.CustomResourceOptions,
): aws.iam.InstanceProfile {
  const { role, attachments } = nodeRole(name, blueprint, opts, "karpenter-node");
  const entry = new aws.eks.AccessEntry(
    `${name}-karpenter-node`,
    { clusterName: cluster.name, principalArn: nodeRoleArn(blueprint), type: "EC2_LINUX" },
    // EKS remembers a role by its id, so the entry must not be there before the role.
    { ...opts, dependsOn: [role] },
  );

  return new aws.iam.InstanceProfile(
    `${name}-karpenter-node`,
    { name: roleName(blueprint, "karpenter-node"), role: role.name },
    // Whoever finds the profile can start a node that joins.
    { ...opts, dependsOn: [...attachments, entry] },
  );
}
