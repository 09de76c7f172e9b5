import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Network } from "../network";

/** Who stands outside the cluster's own groups and calls its API: builds, and the sessions of people. */
export interface CallerGroup {
  readonly blueprint: ClusterBlueprint;
  readonly network: Pick<Network, "vpcId" | "securityGroups">;
  /** What the group is called after. */
  readonly called: string;
  readonly description: string;
  /** The rules' descriptions, by what they lead to. */
  readonly why: { readonly cluster: string; readonly endpoints: string };
}

/**
 * A security group that nothing enters, and that leads to the Kubernetes API and to AWS inside the VPC, by TLS and
 * nowhere else: not even where private subnets have a way to the internet.
 *
 * @control network-rules-described
 * @control network-egress-restricted
 */
export function callerGroup(
  name: string,
  { blueprint, network, called, description, why }: CallerGroup,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const own = `${name}-${called}`;
  const group = new aws.ec2.SecurityGroup(
    own,
    { vpcId: network.vpcId, description, tags: { Name: `${blueprint.cluster.name}-${own}` } },
    opts,
  );

  for (const to of ["cluster", "endpoints"] as const) {
    const tls = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: why[to] };
    const other = network.securityGroups[to];
    new aws.vpc.SecurityGroupEgressRule(
      `${own}-to-${to}-tcp-443`,
      { securityGroupId: group.id, referencedSecurityGroupId: other.id, ...tls },
      opts,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${to}-from-${called}-tcp-443`,
      { securityGroupId: other.id, referencedSecurityGroupId: group.id, ...tls },
      opts,
    );
  }
  return group;
}
