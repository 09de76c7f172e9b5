import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type WorkloadRole, workloadRole } from "../addons/role";
import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { associated, type Identity } from "../controllers/association";
import { interruptionQueue } from "./interruption";
import { karpenterNode } from "./node";
import { controllerBoundary, controllerPolicy } from "./permissions";

export interface KarpenterArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
}

/**
 * Karpenter's half in AWS: the role of the nodes it starts, the queue in which AWS warns it, and what its controller may
 * do. The controller itself and its NodePools belong to the platform layer.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** The controller's service account and role. */
  readonly controller: Identity;
  /** What an EC2NodeClass names as `instanceProfile`. */
  readonly instanceProfile: pulumi.Output<string>;
  /** What the chart takes as `settings.interruptionQueue`. */
  readonly queue: pulumi.Output<string>;

  constructor(name: string, args: KarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Karpenter", name, {}, opts);

    const profile = karpenterNode(name, args, { parent: this });
    const queue = interruptionQueue(name, args.blueprint, { parent: this });
    const workload = this.role(name, args.blueprint);
    this.controller = associated(`${name}-karpenter`, { cluster: args.cluster, workload }, { parent: this });

    this.instanceProfile = profile.name;
    this.queue = queue.name;
    this.registerOutputs({ instanceProfile: this.instanceProfile, queue: this.queue });
  }

  private role(name: string, blueprint: ClusterBlueprint): WorkloadRole {
    const boundary = new aws.iam.Policy(
      `${name}-karpenter-boundary`,
      {
        name: `bulwark-${blueprint.cluster.name}-karpenter-boundary`,
        description: `The most that Karpenter of EKS cluster ${blueprint.cluster.name} may do`,
        policy: controllerBoundary(blueprint),
      },
      { parent: this },
    );
    return workloadRole(
      name,
      {
        blueprint,
        // The disks key knows the role by this name.
        purpose: "karpenter",
        namespace: "karpenter",
        serviceAccount: "karpenter",
        boundary,
        policy: controllerPolicy(blueprint),
      },
      { parent: this },
    );
  }
}
