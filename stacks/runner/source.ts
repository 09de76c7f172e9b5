import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { key } from "../keys/key";
import { privateBucket } from "../state/bucket";
import { keyAlias, type RunnerBlueprint, sourceBucket } from "./name";
import { sourceBucketPolicy, sourceKeyPolicy } from "./source-policy";

export interface RunnerSourceArgs {
  readonly blueprint: ClusterBlueprint;
  readonly runner: RunnerBlueprint;
}

/** Where archives of reviewed commits lie: a bucket and a key that admit the pipeline and the runner, and nobody else. */
export class RunnerSource extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly key: aws.kms.Key;

  constructor(name: string, { blueprint, runner }: RunnerSourceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:RunnerSource", name, {}, opts);

    const disposable = blueprint.teardown !== undefined;
    this.key = key(
      `${name}-runner`,
      {
        description: `what the runner of cluster ${blueprint.cluster.name} works on`,
        policy: sourceKeyPolicy(blueprint, runner),
        alias: keyAlias(blueprint),
      },
      { parent: this, protect: !disposable },
    );
    this.bucket = privateBucket(
      `${name}-runner`,
      {
        name: sourceBucket(blueprint),
        policy: sourceBucketPolicy(blueprint, runner),
        keyArn: this.key.arn,
        keepOldVersionsDays: 365,
        disposable,
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
