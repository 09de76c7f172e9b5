import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import type { Keys } from "../keys";
import { clusterTags } from "../provider";
import { addon } from "./addon";
import { volumeKeyPolicy } from "./permissions";
import { workloadRole } from "./role";

export interface NodeAddonsArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
  /** Where the add-ons run: without a node they never become healthy, and EKS gives up after twenty minutes. */
  readonly nodes: { readonly groups: readonly aws.eks.NodeGroup[] };
  /** The disks key encrypts what the driver makes. */
  readonly keys: Pick<Keys, "disks">;
  /** The most that the driver's role may ever do. */
  readonly boundary: aws.iam.Policy;
}

/** The add-ons that run on nodes: names, persistent volumes, metrics, and the watch over the nodes themselves. */
export class NodeAddons extends pulumi.ComponentResource {
  constructor(name: string, args: NodeAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:NodeAddons", name, {}, opts);

    this.volumes(name, args);
    /** @control addons-managed */
    for (const each of ["coredns", "metrics-server", "eks-node-monitoring-agent"] as const)
      addon(
        name,
        each,
        { blueprint: args.blueprint, cluster: args.cluster },
        { parent: this, after: args.nodes.groups },
      );

    this.registerOutputs();
  }

  /**
   * The driver of persistent volumes. AWS's cluster-scoped policy lets it touch the volumes and instances of this
   * cluster alone: Pod Identity says the cluster's name in the session, the driver writes it on each volume.
   */
  private volumes(name: string, { blueprint, cluster, nodes, keys, boundary }: NodeAddonsArgs): void {
    const role = workloadRole(
      name,
      {
        blueprint,
        purpose: "ebs-csi",
        serviceAccount: "ebs-csi-controller-sa",
        boundary,
        managed: "arn:aws:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy",
        policy: volumeKeyPolicy(blueprint),
      },
      { parent: this },
    );
    const tags = { ...clusterTags(blueprint), "bulwark:cluster": blueprint.cluster.name };

    addon(
      name,
      "aws-ebs-csi-driver",
      // The provider's default tags reach only what Pulumi makes itself.
      { blueprint, cluster, role, configuration: { controller: { extraVolumeTags: tags } } },
      { parent: this, after: [...nodes.groups, keys.disks] },
    );
  }
}
