import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import { type Granting, ROLE_POLICY } from "../iam/permissions";
import { isForPods, rightsOf } from "../iam/rights";
import { covers, type Statement } from "../iam-document";
import type { Inventory, Item, Subject } from "../inventory";

export const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");

/** What starts an instance. */
export const LAUNCH = ["ec2:RunInstances", "ec2:CreateFleet"];

/** What a role for pods allows, if it can start instances: then it is Karpenter, whatever it is called. */
export function launcherRights(
  role: Subject<Granting & { readonly assumeRolePolicy?: unknown }>,
  inventory: Inventory,
): Statement[] {
  if (!isForPods(role.inputs.assumeRolePolicy)) return [];
  const rights = rightsOf(role, inventory);
  return rights.some((one) => LAUNCH.some((action) => covers(one, action))) ? rights : [];
}

/**
 * True when the statement holds only for what carries, or is asked to carry, this cluster's tag `owned` and the tag that
 * only Karpenter sets.
 */
export function isOwn({ conditions }: Statement, of: "request" | "resource", inventory: Inventory): boolean {
  const clusters = inventory.all(CLUSTER).map(({ inputs }) => inputs.name?.toLowerCase());
  const equal = conditions.filter(({ operator }) => operator === "StringEquals");
  const owned = equal.some(
    ({ key, values }) =>
      clusters.some((name) => name !== undefined && key === `aws:${of}tag/kubernetes.io/cluster/${name}`) &&
      values.join() === "owned",
  );
  const pool = conditions.some(
    ({ operator, key }) => /^String(Equals|Like)$/.test(operator) && key === `aws:${of}tag/karpenter.sh/nodepool`,
  );
  return owned && pool;
}

/** True when the statement reaches this kind of EC2's resources. */
export function reaches({ resources, notResources }: Statement, kind: string): boolean {
  return notResources.length > 0 || resources.some((arn) => /^\*+$/.test(arn) || like(arn.split(":")[5] ?? "", kind));
}

function like(resource: string, kind: string): boolean {
  return /^\*+$/.test(resource) || resource.startsWith(`${kind}/`);
}

/** The tags of what Karpenter owns, as a condition, for examples. */
export function tagged(of: "Request" | "Resource", cluster = "production") {
  return {
    StringEquals: { [`aws:${of}Tag/kubernetes.io/cluster/${cluster}`]: "owned" },
    StringLike: { [`aws:${of}Tag/karpenter.sh/nodepool`]: "*" },
  };
}

/** An ARN of this kind of EC2's resources, for examples. */
export const ec2 = (kind: string): string => `arn:aws:ec2:eu-central-1:*:${kind}/*`;

/** A cluster, and a role of pods that may start instances of its own and do this besides, for examples. */
export function launcher(...statements: readonly object[]): readonly Item[] {
  const assumeRolePolicy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const role = item(ROLE, "karpenter", { assumeRolePolicy });
  const launch = { Action: LAUNCH, Resource: ec2("instance"), Condition: tagged("Request") };
  const policy = JSON.stringify({ Statement: [launch, ...statements].map((one) => ({ Effect: "Allow", ...one })) });
  return [
    item(CLUSTER, "main", { name: "production", roleArn: "r", vpcConfig: { subnetIds: [] } }),
    role,
    item(ROLE_POLICY, "karpenter", { role: "r", policy }, { links: { role: [role] } }),
  ];
}
