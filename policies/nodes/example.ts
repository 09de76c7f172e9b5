import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const GROUP = token<aws.eks.NodeGroupArgs>("aws:eks/nodeGroup:NodeGroup");
export const TEMPLATE = token<aws.ec2.LaunchTemplateArgs>("aws:ec2/launchTemplate:LaunchTemplate");

/** What a node group cannot do without, for examples. */
export const base = {
  clusterName: "production",
  nodeRoleArn: "arn:aws:iam::111122223333:role/bulwark-production-nodes",
  subnetIds: ["subnet-0a1b2c3d"],
  scalingConfig: { desiredSize: 3, minSize: 3, maxSize: 6 },
};

/** An encrypted volume of a launch template, for examples. */
export function volume(deviceName: string, encrypted = "true") {
  return { deviceName, ebs: { encrypted } };
}

/** A node group and the launch template that it names by version, for examples. */
export function groupOn(template: object, group: object = {}, version = "1"): readonly Item[] {
  const made = item(TEMPLATE, "main-system", template);
  const inputs = { ...base, ...group, launchTemplate: { id: "lt-1", version } };
  return [made, item(GROUP, "main-system", inputs, { links: { launchTemplate: [made] } })];
}
