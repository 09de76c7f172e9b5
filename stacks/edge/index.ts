import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { aliases, certificate, zone } from "./certificate";
import { ingress } from "./ingress";
import { listeners } from "./listeners";
import { loadBalancer, targetGroup } from "./load-balancer";
import { EdgeLogs } from "./logs";
import { shieldAdvanced } from "./shield";
import type { EdgeBlueprint } from "./site";
import { guard, logging, webAcl } from "./web-acl";

export interface EdgeArgs {
  readonly blueprint: ClusterBlueprint;
  /** What the blueprint says of the edge: it is only made where it says something. */
  readonly edge: EdgeBlueprint;
  readonly network: Network;
  readonly keys: Keys;
}

/**
 * The one way in from outside: names, certificate, load balancer, web ACL, logs and Shield, all in one preview. The
 * platform layer only registers the ingress gateway's pods in the target group.
 */
export class Edge extends pulumi.ComponentResource {
  /** Where the platform layer binds the ingress gateway. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** The load balancer's own name, to which the hosts lead. */
  readonly dnsName: pulumi.Output<string>;
  /** What must be entered in the zone above ours; empty for a zone that was there before. */
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, { blueprint, edge, network, keys }: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Edge", name, {}, opts);
    const site = { name, blueprint, edge, parent: this };

    const names = zone(site);
    const certificateArn = certificate(site, names);
    const logs = new EdgeLogs(name, site, { parent: this });
    const balancer = loadBalancer(site, network, logs);
    const targets = targetGroup(site, network);
    const acl = webAcl(site);
    logging(site, acl, keys);
    const joined = { balancer, targets, certificateArn, guarded: guard(site, acl, balancer) };
    ingress(site, network);
    aliases(site, names, balancer, listeners(site, joined));
    shieldAdvanced(site, names, joined, logs);

    this.targetGroupArn = targets.arn;
    this.dnsName = balancer.dnsName;
    this.nameServers = names.ours?.nameServers ?? pulumi.output([]);
    this.registerOutputs({ targetGroupArn: this.targetGroupArn, dnsName: this.dnsName });
  }
}
