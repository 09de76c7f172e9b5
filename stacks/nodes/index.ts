import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Joinable } from "./join";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { nodeGroup } from "./group";
import { nodeRole } from "./role";

export interface NodesArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Joinable;
  readonly network: Pick<Network, "privateSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "disks">;
}

/** A component's options, with resources already made as dependencies. */
interface NodesOptions extends pulumi.ComponentResourceOptions {
  readonly dependsOn?: pulumi.Resource[];
}

/**
 * The machines that pods run on: one managed node group a pool, all in private subnets under one role, with encrypted
 * volumes, no way in, and instance credentials that no pod can reach.
 */
export class Nodes extends pulumi.ComponentResource {
  /** One group a pool, in the order of the blueprint. */
  readonly groups: aws.eks.NodeGroup[];
  /** What every node acts under. */
  readonly role: aws.iam.Role;

  /** The groups, and only they, wait for what `dependsOn` names: Pulumi does not hand it on to a component's children. */
  constructor(name: string, args: NodesArgs, opts?: NodesOptions) {
    super("bulwark:index:Nodes", name, {}, opts);

    const role = nodeRole(name, args.blueprint, { parent: this });
    this.groups = Object.entries(args.blueprint.nodes.pools).map(([called, pool]) =>
      nodeGroup(name, { ...args, called, pool, role, after: opts?.dependsOn ?? [] }, { parent: this }),
    );

    this.role = role.role;
    this.registerOutputs();
  }
}
