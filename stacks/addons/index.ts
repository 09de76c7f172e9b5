import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { addon } from "./addon";
import { networkConfiguration } from "./network-configuration";
import { boundaryPolicy, ipv6Policy } from "./permissions";
import { type WorkloadRole, workloadRole } from "./role";

export { NodeAddons } from "./node-addons";

export interface AddonsArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
}

/**
 * The add-ons that a node needs before it can be ready: addresses for its pods, the way to services, and the agent that
 * hands out roles. They need no node themselves, so they come first.
 */
export class Addons extends pulumi.ComponentResource {
  /** What must be there before the first node joins. */
  readonly beforeNodes: aws.eks.Addon[];
  /** The most that the role of any add-on may do. */
  readonly boundary: aws.iam.Policy;

  constructor(name: string, args: AddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Addons", name, {}, opts);

    const { blueprint } = args;
    this.boundary = this.roleBoundary(name, blueprint);
    const network = addon(
      name,
      "vpc-cni",
      { ...args, configuration: networkConfiguration(blueprint), role: this.networkRole(name, blueprint) },
      { parent: this },
    );
    /** @control addons-managed */
    const others = (["kube-proxy", "eks-pod-identity-agent"] as const).map((each) =>
      addon(name, each, args, { parent: this }),
    );

    this.beforeNodes = [network, ...others];
    this.registerOutputs();
  }

  private roleBoundary(name: string, blueprint: ClusterBlueprint): aws.iam.Policy {
    return new aws.iam.Policy(
      `${name}-addons-boundary`,
      {
        name: `bulwark-${blueprint.cluster.name}-addons-boundary`,
        description: `The most that the role of an add-on of EKS cluster ${blueprint.cluster.name} may do`,
        policy: boundaryPolicy(blueprint),
      },
      { parent: this },
    );
  }

  /**
   * On the nodes' role these permissions would belong to every pod that reaches a node's credentials.
   *
   * @control addons-cni-own-role
   */
  private networkRole(name: string, blueprint: ClusterBlueprint): WorkloadRole {
    const shared = { blueprint, purpose: "vpc-cni", serviceAccount: "aws-node", boundary: this.boundary };
    switch (blueprint.network.pods) {
      case "ipv4":
        return workloadRole(
          name,
          { ...shared, managed: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" },
          { parent: this },
        );
      case "ipv6":
        return workloadRole(name, { ...shared, policy: ipv6Policy(blueprint) }, { parent: this });
    }
  }
}
