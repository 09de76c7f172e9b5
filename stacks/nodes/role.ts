import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Shell } from "../blueprint/options/nodes";
import type { ClusterBlueprint } from "../blueprint/schema";

/** The nodes' role and the attachments without which a node cannot join. */
export interface NodeRole {
  readonly role: aws.iam.Role;
  readonly attachments: readonly aws.iam.RolePolicyAttachment[];
}

/**
 * What a node may do in AWS: find itself and its cluster, and pull images. `AmazonEKSWorkerNodeMinimalPolicy` is too
 * little here: it lets nodes of EKS Auto Mode hand out pod identities, but not ask EC2 for their own name, which both
 * operating systems do when they start. Addresses for pods are the network add-on's business, under its own role.
 *
 * @control nodes-role-minimal
 * @control addons-cni-own-role
 */
const NEEDED = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** The role of the nodes of managed groups, or of those that Karpenter starts: alike, and told apart in every trail. */
export function nodeRole(
  name: string,
  { cluster, nodes }: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
  purpose: "nodes" | "karpenter-node" = "nodes",
): NodeRole {
  const logical = `${name}-${purpose}`;
  const role = new aws.iam.Role(
    logical,
    {
      name: `bulwark-${cluster.name}-${purpose}`,
      description: `Nodes of EKS cluster ${cluster.name}${purpose === "nodes" ? "" : " that Karpenter starts"}`,
      assumeRolePolicy: TRUST,
    },
    opts,
  );

  const attachments = [...NEEDED, ...forShell(nodes.shell)].map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${logical}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  return { role, attachments };
}

function forShell({ access }: Shell): string[] {
  switch (access) {
    case "none":
      return [];
    case "session-manager":
      return ["AmazonSSMManagedInstanceCore"];
  }
}

/** EC2 hands the role to an instance of this account and names no source, so there is no condition to set. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Instances", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
