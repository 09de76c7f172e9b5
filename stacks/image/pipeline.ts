import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Keys } from "../keys";
import type { Network } from "../network";
import { clusterTags } from "../provider";
import type { Builder } from "./builder";
import { kindOf, logGroupName, nameOf, type Plan } from "./name";

/** What an image's pipelines are made of. */
export interface Line {
  readonly plan: Plan;
  readonly recipe: aws.imagebuilder.ImageRecipe;
  readonly builder: Builder;
  readonly network: Pick<Network, "privateSubnetIds">;
  readonly keys: Pick<Keys, "disks" | "logs">;
}

/**
 * When an image is built. A change of the base is looked for once a day: a parameter that names another image counts as
 * one (API reference, Schedule). The other builds in any case, so that packages besides the base's are never old.
 *
 * @control image-rebuilt
 */
const SCHEDULES = {
  base: {
    scheduleExpression: "cron(0 4 * * ? *)",
    pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
  },
  monthly: { scheduleExpression: "cron(0 2 1 * ? *)", pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" },
} as const;

/** Makes where, when and for whom an image is built. */
export function pipelines(name: string, line: Line, opts: pulumi.CustomResourceOptions) {
  const { plan, recipe, builder } = line;
  const logical = `${name}-${kindOf(plan.image)}`;
  const where = infrastructure(logical, line, opts);
  const whom = distribution(logical, line, opts);
  const log = logGroup(logical, line, opts);

  return Object.entries(SCHEDULES).map(
    ([when, schedule]) =>
      new aws.imagebuilder.ImagePipeline(
        `${logical}-${when}`,
        {
          name: `${nameOf(plan)}-${when}`,
          description: `Hardened nodes of EKS cluster ${plan.blueprint.cluster.name}`,
          imageRecipeArn: recipe.arn,
          infrastructureConfigurationArn: where.arn,
          distributionConfigurationArn: whom.arn,
          schedule: { ...schedule, timezone: "Etc/UTC" },
          /** @control image-tested */
          imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 120 },
          /** @control image-scanned */
          imageScanningConfiguration: { imageScanningEnabled: plan.image.scanning.by === "inspector" },
          /** @control image-build-logged */
          loggingConfiguration: { imageLogGroupName: log.name, pipelineLogGroupName: log.name },
        },
        { ...opts, dependsOn: [...builder.ready] },
      ),
  );
}

/** The machines of a build: in a private subnet, without a way in, and gone when it is over, however it ends. */
function infrastructure(logical: string, line: Line, opts: pulumi.CustomResourceOptions) {
  const { plan, builder, network } = line;
  const { blueprint, image } = plan;
  return new aws.imagebuilder.InfrastructureConfiguration(
    logical,
    {
      name: nameOf(plan),
      description: `Builds of hardened nodes of EKS cluster ${blueprint.cluster.name}`,
      instanceProfileName: builder.profile.name,
      instanceTypes: [{ x86_64: "m6i.large", arm64: "m6g.large" }[image.architecture]],
      /** @control image-builder-private */
      subnetId: network.privateSubnetIds[0] ?? "",
      securityGroupIds: [builder.group.id],
      /**
       * @control image-builder-metadata
       * @control image-builder-no-ssh
       */
      instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      /** @control image-builder-terminated */
      terminateInstanceOnFailure: true,
      resourceTags: tags(plan),
    },
    opts,
  );
}

/**
 * For this account and region alone: no permission to launch is given to anybody, and copies are encrypted.
 *
 * @control image-private
 */
function distribution(logical: string, { plan, keys }: Line, opts: pulumi.CustomResourceOptions) {
  const { blueprint } = plan;
  return new aws.imagebuilder.DistributionConfiguration(
    logical,
    {
      name: nameOf(plan),
      description: `Hardened nodes of EKS cluster ${blueprint.cluster.name}, for its own account`,
      distributions: [
        {
          region: blueprint.region,
          amiDistributionConfiguration: {
            name: `${nameOf(plan)}-{{ imagebuilder:buildDate }}`,
            description: `Hardened node of EKS cluster ${blueprint.cluster.name}, Kubernetes ${blueprint.cluster.version}`,
            /** @control image-distribution-encrypted */
            kmsKeyId: keys.disks.arn,
            amiTags: { ...tags(plan), "bulwark:kubernetes": blueprint.cluster.version },
          },
        },
      ],
    },
    opts,
  );
}

/** Image Builder would make the group itself, without key or end, if it were not there first. */
function logGroup(logical: string, { plan, keys }: Line, { parent }: pulumi.CustomResourceOptions) {
  const { blueprint } = plan;
  return new aws.cloudwatch.LogGroup(
    `${logical}-builds`,
    { name: logGroupName(plan), retentionInDays: blueprint.logs.retentionDays, kmsKeyId: keys.logs.arn },
    { ...(parent && { parent }), protect: blueprint.teardown === undefined },
  );
}

/** The provider's default tags reach neither machines nor images. */
function tags({ blueprint, image }: Plan): Record<string, string> {
  return {
    ...blueprint.tags,
    ...clusterTags(blueprint),
    "bulwark:cluster": blueprint.cluster.name,
    "bulwark:image": kindOf(image),
  };
}
