import * as aws from "@pulumi/aws";

import { Addons, NodeAddons } from "../../stacks/addons";
import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Cluster } from "../../stacks/cluster";
import { Keys } from "../../stacks/keys";
import { Network } from "../../stacks/network";
import { provider } from "../../stacks/provider";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";

/** Runs a cluster with its add-ons and one plain node group; answers what was registered. */
export async function made(blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  const { registrations } = await run(() => {
    const opts = { providers: { aws: provider(blueprint) } };
    const keys = new Keys("main", { blueprint }, opts);
    const network = new Network("main", { blueprint, keys }, opts);
    const cluster = new Cluster("main", { blueprint, network, keys }, opts);
    const addons = new Addons("main", { blueprint, cluster }, opts);
    const groups = [group(cluster, network, opts.providers.aws, addons)];
    new NodeAddons("main", { blueprint, cluster, nodes: { groups }, keys, boundary: addons.boundary }, opts);
  });
  return registrations;
}

function group(cluster: Cluster, network: Network, aws_: aws.Provider, addons: Addons): aws.eks.NodeGroup {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const opts = { provider: aws_ };
  const role = new aws.iam.Role("test-nodes", { name: "test-nodes", assumeRolePolicy }, opts);
  const policy = new aws.iam.RolePolicyAttachment(
    "test-nodes",
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
    opts,
  );
  return new aws.eks.NodeGroup(
    "test-nodes",
    {
      clusterName: cluster.name,
      nodeRoleArn: role.arn,
      subnetIds: network.privateSubnetIds,
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
    },
    { ...opts, dependsOn: [policy, ...addons.beforeNodes] },
  );
}
