import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import { dnsFirewall } from "./dns";
import { endpoints } from "./endpoints";
import { existingPlace } from "./existing";
import { flowLogs } from "./flow-log";
import type { SecurityGroups } from "./groups";
import { securityGroups } from "./groups";
import type { Blocks, Place, Site } from "./site";
import { createdPlace } from "./vpc";

export interface NetworkArgs {
  readonly blueprint: ClusterBlueprint;
  readonly keys: Keys;
}

/**
 * The network of one cluster: subnets, the flows allowed in it, private ways to AWS, the names it may resolve, and the
 * record of both. In a VPC that was there before, everything but the VPC itself is ours; its default group, access
 * lists and routes are left to their owner.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcCidr: pulumi.Output<string>;
  /** For load balancers; empty where there is no NAT. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  /** For nodes and pods. */
  readonly privateSubnetIds: pulumi.Output<string>[];
  /** For the network interfaces of the control plane. */
  readonly intraSubnetIds: pulumi.Output<string>[];
  /** The addresses of each tier. */
  readonly blocks: Blocks;
  readonly securityGroups: SecurityGroups;

  constructor(name: string, { blueprint, keys }: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Network", name, {}, opts);
    const site = { name, blueprint, parent: this };

    const place = placeOf(site, keys);
    this.securityGroups = securityGroups(site, place);
    flowLogs(site, place, keys);
    endpoints(site, place, this.securityGroups);
    dnsFirewall(site, place, keys);

    ({
      vpcId: this.vpcId,
      vpcCidr: this.vpcCidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      intraSubnetIds: this.intraSubnetIds,
      blocks: this.blocks,
    } = place);
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

function placeOf(site: Site, keys: Keys): Place {
  const { network } = site.blueprint;

  switch (network.mode) {
    case "create":
      return createdPlace(site, network, keys);
    case "existing":
      return existingPlace(site, network);
  }
}
