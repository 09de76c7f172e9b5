import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import { administratorEntry } from "../identity/entries";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { type Alarm, runnerAlarm } from "./alarm";
import { callerGroup } from "./group";
import { logGroupName, runnerArn, type RunnerBlueprint } from "./name";
import type { Errand } from "./permissions";
import { project } from "./project";
import { pipelineRights, runnerRole } from "./role";
import { RunnerSource } from "./source";

export interface RunnerArgs {
  readonly blueprint: ClusterBlueprint;
  readonly runner: RunnerBlueprint;
  readonly cluster: Pick<Cluster, "name">;
  readonly network: Pick<Network, "vpcId" | "privateSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "logs">;
  /** Where it is told when somebody uses the runner otherwise than its configuration says. */
  readonly alarm: Alarm;
}

/**
 * The machine that applies the platform layer from inside the network: the one deployer of a cluster whose API is
 * private. It runs one reviewed commit in one image, and may do in AWS what that takes and nothing else.
 */
export class Runner extends pulumi.ComponentResource {
  /** What the pipeline starts. */
  readonly project: pulumi.Output<string>;
  /** Where the pipeline brings its archives. */
  readonly bucket: pulumi.Output<string>;
  /** What to attach to the pipeline's role. */
  readonly pipelinePolicyArn: pulumi.Output<string>;

  constructor(name: string, args: RunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Runner", name, {}, opts);

    const { blueprint, runner } = args;
    const errand: Errand = { ...args, stack: { project: pulumi.getProject(), stack: pulumi.getStack() } };
    const { bucket, key } = new RunnerSource(name, args, { parent: this });
    const role = runnerRole(name, errand, { parent: this });
    const logs = this.logGroup(name, args);
    const made = project(
      name,
      { ...args, ...errand, role, key, logs, group: this.group(name, args) },
      { parent: this },
    );
    this.deployer(name, args, role.role);
    runnerAlarm(name, { blueprint, runner, alarm: args.alarm }, { parent: this });

    this.project = made.name;
    this.bucket = bucket.bucket;
    this.pipelinePolicyArn = pipelineRights(name, blueprint, { parent: this }).arn;
    this.registerOutputs({ project: this.project });
  }

  /**
   * CodeBuild makes this group itself, without expiry or key, if it is not there first.
   *
   * @control logs-encrypted
   */
  private logGroup(name: string, { blueprint, keys }: RunnerArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      `${name}-runner`,
      {
        name: logGroupName(blueprint),
        retentionInDays: blueprint.logs.retentionDays,
        kmsKeyId: keys.logs.arn,
      },
      { parent: this, protect: blueprint.teardown === undefined },
    );
  }

  private group(name: string, { blueprint, network }: RunnerArgs): aws.ec2.SecurityGroup {
    return callerGroup(
      name,
      {
        blueprint,
        network,
        called: "runner",
        description: "Builds that apply the platform layer",
        why: { cluster: "builds call the Kubernetes API", endpoints: "builds call AWS inside the VPC" },
      },
      { parent: this },
    );
  }

  /**
   * Administrator of the cluster until the platform layer has rights of its own to give. EKS remembers a role by its id,
   * so the entry comes after the role.
   *
   * @control identity-cluster-admins
   */
  private deployer(name: string, { blueprint, cluster }: RunnerArgs, role: aws.iam.Role): void {
    administratorEntry(
      name,
      { clusterName: cluster.name, roleArn: runnerArn(blueprint), purpose: "deployer" },
      { parent: this, dependsOn: [role] },
    );
  }
}
