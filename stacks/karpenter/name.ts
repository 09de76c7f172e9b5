import { roleName } from "../identity/name";
import type { ClusterBlueprint } from "../blueprint/schema";

type Whose = Pick<ClusterBlueprint, "account" | "region" | "cluster">;

/** The tag by which Karpenter finds subnets and security group, and by which IAM keeps it to them. */
export function discoveryTag({ cluster }: Pick<Whose, "cluster">): Record<string, string> {
  return { "karpenter.sh/discovery": cluster.name };
}

/** The discovery tag where the blueprint asks for Karpenter, and nothing where it does not. */
export function discoveredByKarpenter(blueprint: ClusterBlueprint): Record<string, string> {
  return blueprint.karpenter === undefined ? {} : discoveryTag(blueprint);
}

/** The role of the nodes that Karpenter starts; told from the blueprint, so that a preview can judge what names it. */
export function nodeRoleArn(whose: Whose): string {
  return `arn:aws:iam::${whose.account}:role/${roleName(whose, "karpenter-node")}`;
}

/** The instance profile that holds it. */
export function profileArn(whose: Whose): string {
  return `arn:aws:iam::${whose.account}:instance-profile/${roleName(whose, "karpenter-node")}`;
}

/** The queue in which AWS says which instances it is about to take away. */
export function queueArn(whose: Whose): string {
  return `arn:aws:sqs:${whose.region}:${whose.account}:${roleName(whose, "karpenter")}`;
}

/** The ARN of one of the rules that fill the queue. */
export function ruleArn(whose: Whose, event: string): string {
  return `arn:aws:events:${whose.region}:${whose.account}:rule/${roleName(whose, event)}`;
}
