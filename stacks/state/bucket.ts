import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface BucketArgs {
  /** The bucket's own, global name: the bucket policy names it before the bucket exists. */
  readonly name: string;
  readonly policy: pulumi.Input<string>;
  /** Absent: S3's own key, the only one that S3's log delivery writes under. */
  readonly keyArn?: pulumi.Input<string>;
  /** How long a replaced or deleted version can still be brought back. */
  readonly keepOldVersionsDays: number;
  /** How long anything is kept at all. @default for ever: what lies here is replaced, not collected */
  readonly expireDays?: number;
  /** True once a teardown is declared: the bucket goes, and what lies in it. @default false: nothing deletes it */
  readonly disposable?: boolean;
}

/** A private, versioned, encrypted bucket: what S3 leaves to the reader is said. */
export function privateBucket(name: string, args: BucketArgs, opts: pulumi.CustomResourceOptions): aws.s3.Bucket {
  const { disposable = false } = args;
  /** @control bucket-kept */
  const bucket = new aws.s3.Bucket(
    name,
    { bucket: args.name, forceDestroy: disposable },
    { ...opts, protect: !disposable },
  );
  const of = { bucket: bucket.id };

  new aws.s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts);
  /** @control bucket-public-access-block */
  const closed = new aws.s3.BucketPublicAccessBlock(
    name,
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  /** @control bucket-versioned */
  const versioned = new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, opts);
  /** @control bucket-encrypted */
  new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...of, rules: [encryption(args.keyArn)] }, opts);
  /** @control bucket-tls-only */
  new aws.s3.BucketPolicy(name, { ...of, policy: args.policy }, { ...opts, dependsOn: [closed] });
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      ...of,
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: { prefix: "" },
          ...(args.expireDays === undefined ? {} : { expiration: { days: args.expireDays } }),
          noncurrentVersionExpiration: { noncurrentDays: args.keepOldVersionsDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { ...opts, dependsOn: [versioned] },
  );

  return bucket;
}

/** SSE-KMS with a bucket key, which spares a call to KMS for every object. */
function encryption(
  keyArn: pulumi.Input<string> | undefined,
): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule {
  return keyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      };
}
