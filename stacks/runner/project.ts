import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Network } from "../network";
import { buildspec } from "./buildspec";
import { archiveOf, type RunnerBlueprint, projectName, sourceBucket } from "./name";
import type { Errand } from "./permissions";
import type { RunnerRole } from "./role";

/** What a project is made of besides what the blueprint says. */
export interface ProjectArgs extends Errand {
  readonly role: RunnerRole;
  readonly key: aws.kms.Key;
  readonly logs: aws.cloudwatch.LogGroup;
  readonly group: aws.ec2.SecurityGroup;
  readonly network: Pick<Network, "vpcId" | "privateSubnetIds">;
}

const MACHINES: Readonly<Record<RunnerBlueprint["size"], string>> = {
  small: "BUILD_GENERAL1_SMALL",
  medium: "BUILD_GENERAL1_MEDIUM",
  large: "BUILD_GENERAL1_LARGE",
};

/** How long a build waits for the one before it. */
const QUEUED_MINUTES = 60;

/** The CodeBuild project: one build at a time, in the private subnets, of one commit, and nobody hears of it outside. */
export function project(name: string, args: ProjectArgs, opts: pulumi.CustomResourceOptions): aws.codebuild.Project {
  const { blueprint, runner, role, key, logs, group, network } = args;
  return new aws.codebuild.Project(
    `${name}-runner`,
    {
      name: projectName(blueprint),
      description: `Applies the platform layer to EKS cluster ${blueprint.cluster.name}`,
      serviceRole: role.role.arn,
      /** @control runner-source-reviewed */
      source: {
        type: "S3",
        location: `${sourceBucket(blueprint)}/${archiveOf(runner.commit)}`,
        buildspec: buildspec(args),
      },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        computeType: MACHINES[runner.size],
        /** @control runner-image-pinned */
        image: runner.image,
        imagePullCredentialsType: "SERVICE_ROLE",
        /** @control runner-unprivileged */
        privilegedMode: false,
      },
      /**
       * @control runner-private-subnets
       * @control runner-group-confined
       */
      vpcConfig: { vpcId: network.vpcId, subnets: network.privateSubnetIds, securityGroupIds: [group.id] },
      /** @control runner-own-key */
      encryptionKey: key.arn,
      /** @control runner-logged */
      logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logs.name }, s3Logs: { status: "DISABLED" } },
      /** @control runner-not-public */
      badgeEnabled: false,
      projectVisibility: "PRIVATE",
      /** @control runner-one-at-a-time */
      concurrentBuildLimit: 1,
      buildTimeout: runner.minutes,
      queuedTimeout: QUEUED_MINUTES,
      autoRetryLimit: 0,
    },
    // CodeBuild looks at the network with the role when the project is made.
    { ...opts, dependsOn: [...role.attached] },
  );
}
