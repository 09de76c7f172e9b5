import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { projectArn } from "./name";
import { type Errand, pipelinePolicy, runnerPolicy } from "./permissions";

/** What builds act under, and what must be attached before CodeBuild finds the role of use. */
export interface RunnerRole {
  readonly role: aws.iam.Role;
  readonly attached: readonly pulumi.Resource[];
}

/** @control runner-role-bounded */
export function runnerRole(name: string, errand: Errand, opts: pulumi.CustomResourceOptions): RunnerRole {
  const { blueprint } = errand;
  const own = `${name}-runner`;
  const policy = runnerPolicy(errand);
  const boundary = new aws.iam.Policy(
    `${own}-boundary`,
    {
      name: roleName(blueprint, "runner-boundary"),
      description: `The most that the runner of EKS cluster ${blueprint.cluster.name} may do`,
      policy,
    },
    opts,
  );
  const role = new aws.iam.Role(
    own,
    {
      name: roleName(blueprint, "runner"),
      description: `Applies the platform layer to EKS cluster ${blueprint.cluster.name}`,
      assumeRolePolicy: runnerTrust(blueprint),
      permissionsBoundary: boundary.arn,
    },
    opts,
  );
  const attached = [new aws.iam.RolePolicy(own, { name: own, role: role.name, policy }, opts)];
  return { role, attached };
}

/**
 * CodeBuild may become it for builds of this one project. Otherwise whoever may make a project of their own could run
 * what they like under this role.
 *
 * @control runner-role-trust
 * @control iam-service-trust-confined
 */
export function runnerTrust(blueprint: ClusterBlueprint): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ThisProject",
        Effect: "Allow",
        Principal: { Service: "codebuild.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": blueprint.account },
          ArnEquals: { "aws:SourceArn": projectArn(blueprint) },
        },
      },
    ],
  });
}

/** What the pipeline needs, for you to attach to its role. */
export function pipelineRights(
  name: string,
  blueprint: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(
    `${name}-runner-pipeline`,
    {
      name: roleName(blueprint, "runner-pipeline"),
      description: `Brings archives to the runner of EKS cluster ${blueprint.cluster.name} and starts its builds`,
      policy: pipelinePolicy(blueprint),
    },
    opts,
  );
}
