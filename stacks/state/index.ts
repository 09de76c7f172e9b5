import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StateBlueprint } from "../blueprint/schema";
import { key } from "../keys/key";
import { privateBucket } from "./bucket";
import { bucketKeyPolicy, logBucketPolicy, secretsProviderPolicy, stateBucketPolicy } from "./policy";

/** The alias under which every stack names its secrets provider. */
const SECRETS_ALIAS = "bulwark/state-secrets";

export interface StateArgs {
  readonly blueprint: StateBlueprint;
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

    const bucketName = blueprint.bucket ?? `bulwark-state-${blueprint.account}-${blueprint.region}`;
    this.secretsKey(name, blueprint);
    const bucketKey = this.bucketKey(name, blueprint, bucketName);
    const logs = this.logBucket(name, blueprint, bucketName);
    const bucket = this.stateBucket(name, blueprint, bucketName, bucketKey, logs);

    this.backend = pulumi.interpolate`s3://${bucket.bucket}?region=${blueprint.region}`;
    this.secretsProvider = `awskms://alias/${SECRETS_ALIAS}?region=${blueprint.region}`;
    this.registerOutputs({ backend: this.backend });
  }

  private secretsKey(name: string, blueprint: StateBlueprint): aws.kms.Key {
    return key(
      `${name}-secrets`,
      {
        description: "Secret values inside Pulumi states",
        policy: secretsProviderPolicy(blueprint),
        alias: SECRETS_ALIAS,
      },
      { parent: this, protect: true },
    );
  }

  private bucketKey(name: string, blueprint: StateBlueprint, bucket: string): aws.kms.Key {
    return key(
      `${name}-state`,
      { description: "Bucket of Pulumi states", policy: bucketKeyPolicy(blueprint, bucket), alias: "bulwark/state" },
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
    blueprint: StateBlueprint,
    bucketName: string,
    { arn: keyArn }: aws.kms.Key,
    logs: aws.s3.Bucket,
  ): aws.s3.Bucket {
    const policy = keyArn.apply((arn) => stateBucketPolicy(blueprint, bucketName, arn));
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
