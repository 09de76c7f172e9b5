import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { trust } from "./program";

/** A role that a service may assume, with one of AWS's policies. */
export function role(
  name: string,
  service: string,
  policy?: string,
): { arn: pulumi.Output<string>; ready: pulumi.Resource[] } {
  const made = new aws.iam.Role(name, { assumeRolePolicy: trust(service), name });
  if (policy === undefined) return { arn: made.arn, ready: [made] };
  const policyArn = `arn:aws:iam::aws:policy/${policy}`;
  return { arn: made.arn, ready: [new aws.iam.RolePolicyAttachment(name, { role: made.name, policyArn })] };
}

/** Subnets of one network, one in each of these zones. */
export function subnets(...zones: readonly string[]): pulumi.Output<string>[] {
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
  return zones.map((zone, index) => {
    const args = { vpcId: vpc.id, cidrBlock: `10.20.${index}.0/24`, availabilityZone: `eu-central-1${zone}` };
    return new aws.ec2.Subnet(zone, args).id;
  });
}

/** The cluster `production`, as well made as AWS demands, unless these arguments say otherwise. */
export function cluster(
  more: Partial<aws.eks.ClusterArgs> = {},
  zones: readonly string[] = ["a", "b"],
): aws.eks.Cluster {
  const { arn, ready } = role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
  const vpcConfig = { subnetIds: subnets(...zones) };
  return new aws.eks.Cluster("main", { name: "production", roleArn: arn, vpcConfig, ...more }, { dependsOn: ready });
}

/** A node group of that cluster. */
export function nodes(
  clusterName: pulumi.Input<string>,
  subnetIds: pulumi.Input<pulumi.Input<string>[]>,
  dependsOn: pulumi.Resource[] = [],
  more: Partial<aws.eks.NodeGroupArgs> = {},
) {
  const { arn, ready } = role("nodes", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
  const scalingConfig = { desiredSize: 1, maxSize: 1, minSize: 1 };
  const args = { clusterName, nodeRoleArn: arn, subnetIds, scalingConfig, ...more };
  return new aws.eks.NodeGroup("main", args, { dependsOn: [...ready, ...dependsOn] });
}
