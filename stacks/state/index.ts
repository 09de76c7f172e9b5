import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StateBlueprint } from "../blueprint/schema";
import { key } from "../keys/key";
import { privateBucket } from "./bucket";
import { ALIASES, defaultBucket } from "./layout";
import { bucketKeyPolicy, logBucketPolicy, secretsProviderPolicy, stateBucketPolicy } from "./policy";
import { type Runner, runnersOf } from "./runner";

export interface StateArgs {
  readonly blueprint: StateBlueprint;
}

/** The bucket of states: whose, what it is called, and which runners it admits. */
interface Named {
  readonly blueprint: StateBlueprint;
  readonly bucketName: string;
  readonly runners: readonly Runner[];
}

/**
 * Where the other stacks keep their state. A state holds every secret output and the map of the whole account, so the
 * bucket has a key of its own, a second key encrypts the secret values inside it, and each access is logged.
 */
export class State extends pulumi.ComponentResource {
  /** The backend's address for `pulumi login`. */
  readonly backend: pulumi.Output<string>;
  /** What `pulumi stack init --secrets-provider` takes. */
  readonly secretsProvider: string;

  constructor(name: string, { blueprint }: StateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:State", name, {}, opts);

    const bucketName = blueprint.bucket ?? defaultBucket(blueprint);
    const runners = runnersOf(blueprint, pulumi.getProject());
    this.secretsKey(name, blueprint, runners);
    const bucketKey = this.bucketKey(name, blueprint, bucketName, runners);
    const logs = this.logBucket(name, blueprint, bucketName);
    const bucket = this.stateBucket(name, { blueprint, bucketName, runners }, bucketKey, logs);

    this.backend = pulumi.interpolate`s3://${bucket.bucket}?region=${blueprint.region}`;
    this.secretsProvider = `awskms://alias/${ALIASES.secrets}?region=${blueprint.region}`;
    this.registerOutputs({ backend: this.backend });
  }

  private secretsKey(name: string, blueprint: StateBlueprint, runners: readonly Runner[]): aws.kms.Key {
    return key(
      `${name}-secrets`,
      {
        description: "Secret values inside Pulumi states",
        policy: secretsProviderPolicy(blueprint, runners),
        alias: ALIASES.secrets,
      },
      { parent: this, protect: true },
    );
  }

  private bucketKey(name: string, blueprint: StateBlueprint, bucket: string, runners: readonly Runner[]): aws.kms.Key {
    const policy = bucketKeyPolicy(blueprint, bucket, runners);
    return key(
      `${name}-state`,
      { description: "Bucket of Pulumi states", policy, alias: ALIASES.bucket },
      { parent: this, protect: true },
    );
  }

  /** Who read or changed which state. S3 delivers access logs only into buckets under its own key. */
  private logBucket(name: string, blueprint: StateBlueprint, bucket: string): aws.s3.Bucket {
    const logs = `${bucket}-logs`;
    return privateBucket(
      `${name}-logs`,
      { name: logs, policy: logBucketPolicy(blueprint, logs, bucket), keepOldVersionsDays: 30 },
      { parent: this },
    );
  }

  private stateBucket(
    name: string,
    { blueprint, bucketName, runners }: Named,
    { arn: keyArn }: aws.kms.Key,
    logs: aws.s3.Bucket,
  ): aws.s3.Bucket {
    const policy = keyArn.apply((arn) => stateBucketPolicy(blueprint, bucketName, arn, runners));
    const bucket = privateBucket(
      `${name}-state`,
      { name: bucketName, policy, keyArn, keepOldVersionsDays: 365 },
      { parent: this },
    );
    new aws.s3.BucketLogging(
      `${name}-state`,
      { bucket: bucket.id, targetBucket: logs.id, targetPrefix: "state/" },
      { parent: this },
    );
    return bucket;
  }
}
