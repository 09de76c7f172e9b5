import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { amiType, labels, scaling, taint } from "./pool";
import type { NodeRole } from "./role";
import { launchTemplate, type PoolArgs } from "./template";

interface GroupArgs extends PoolArgs {
  readonly role: NodeRole;
  /** What must run on the cluster before a node can be of use, besides the role's policies. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * The managed node group of one pool. Its name is left to Pulumi: what EKS cannot change in place is replaced by a new
 * group beside the old one, which pods leave only when the new one stands.
 *
 * @control nodes-no-ssh
 */
export function nodeGroup(name: string, args: GroupArgs, opts: pulumi.CustomResourceOptions): aws.eks.NodeGroup {
  const { blueprint, called, pool, cluster, network, role, after } = args;
  const template = launchTemplate(name, args, opts);

  return new aws.eks.NodeGroup(
    `${name}-${called}`,
    {
      clusterName: cluster.name,
      nodeRoleArn: role.role.arn,
      /** @control nodes-private-subnets */
      subnetIds: network.privateSubnetIds,
      amiType: amiType(pool),
      instanceTypes: pool.instanceTypes,
      capacityType: pool.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      /** @control nodes-template-pinned */
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      /**
       * With an image of its own a group has no version: EKS refuses both, and the image was looked up by version.
       *
       * @control nodes-version-of-cluster
       */
      ...(pool.image.from === "eks" && { version: blueprint.cluster.version }),
      ...(pool.release !== undefined && { releaseVersion: pool.release }),
      scalingConfig: scaling(pool, blueprint.environment),
      labels: labels(called, pool),
      taints: pool.taints.map(taint),
      /** @control nodes-repaired */
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
    },
    { ...opts, dependsOn: [...role.attachments, ...after] },
  );
}
