import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { kindOf, nameOf } from "./name";

/**
 * Deletes what is more than the images to keep, with their snapshots. What an instance was started from lately stays: a
 * node group whose image is gone can start no node.
 *
 * @control image-retained
 */
export function retention(
  name: string,
  blueprint: ClusterBlueprint,
  recipes: readonly aws.imagebuilder.ImageRecipe[],
  opts: pulumi.CustomResourceOptions,
): void {
  const { role, attached } = cleaner(name, blueprint, opts);
  for (const [index, image] of blueprint.images.entries()) {
    const recipe = recipes[index];
    if (recipe === undefined) continue;
    const own = nameOf({ blueprint, image });
    new aws.imagebuilder.LifecyclePolicy(
      `${name}-${kindOf(image)}`,
      {
        name: own,
        description: `Keeps ${image.keep} images`,
        executionRole: role.arn,
        resourceType: "AMI_IMAGE",
        policyDetails: [
          {
            action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
            filter: { type: "COUNT", value: image.keep },
            exclusionRules: { amis: { isPublic: false, lastLaunched: { unit: "DAYS", value: 90 } } },
          },
        ],
        // Every version of the recipe: each change of it makes another.
        resourceSelection: { recipes: [{ name: recipe.name, semanticVersion: "x.x.x" }] },
      },
      { ...opts, dependsOn: [attached] },
    );
  }
}

function cleaner(name: string, { account, cluster }: ClusterBlueprint, opts: pulumi.CustomResourceOptions) {
  const role = new aws.iam.Role(
    `${name}-image-retention`,
    {
      name: `bulwark-${cluster.name}-image-retention`,
      description: `Deletes old node images of EKS cluster ${cluster.name}`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ImageBuilder",
            Effect: "Allow",
            Principal: { Service: "imagebuilder.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": account } },
          },
        ],
      }),
    },
    opts,
  );
  // It can delete nothing that does not carry Image Builder's own tag.
  const attached = new aws.iam.RolePolicyAttachment(
    `${name}-image-retention`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/EC2ImageBuilderLifecycleExecutionPolicy" },
    opts,
  );
  return { role, attached };
}
