import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";

/** A network that the blueprint asks us to make. */
export type CreatedNetwork = Extract<ClusterBlueprint["network"], { mode: "create" }>;

/** A network that was there before: its VPC, subnets and routes are not ours. */
export type ExistingNetwork = Extract<ClusterBlueprint["network"], { mode: "existing" }>;

/** What every part of one network has to know: its name, the blueprint and the component it belongs to. */
export interface Site {
  readonly name: string;
  readonly blueprint: ClusterBlueprint;
  readonly parent: pulumi.Resource;
}

/** The addresses of each tier, of both families where pods have IPv6; network policies of the platform name them. */
export interface Blocks {
  readonly public: pulumi.Output<string>[];
  readonly private: pulumi.Output<string>[];
  readonly intra: pulumi.Output<string>[];
}

/** Where the parts are put: a VPC of ours or one that was there before. */
export interface Place {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcCidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly intraSubnetIds: pulumi.Output<string>[];
  readonly blocks: Blocks;
  /** One private subnet a zone: an interface endpoint refuses two of the same zone. */
  readonly endpointSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** True where private subnets have, or may have, a route to the internet. In a VPC of others we cannot know. */
export function reachesInternet({ network }: ClusterBlueprint): boolean {
  return network.mode === "existing" || network.nat !== "none";
}

/** The name people see in the console, where the networks of several clusters stand side by side. */
export function named({ blueprint }: Site, own: string): { Name: string } {
  return { Name: `${blueprint.cluster.name}-${own}` };
}
