import { BUCKET, bucket, type Careless, PUBLIC, versioned } from "./scene";

/** What S3 refuses. */
export const bucketPrograms: readonly Careless[] = [
  ["s3", "names a bucket in capitals", "InvalidBucketName", (aws) => bucket(aws, "Reports")],
  ["s3", "names a bucket like an address", "InvalidBucketName", (aws) => bucket(aws, "10.0.0.1")],
  ["s3", "takes a name that somebody has", "BucketAlreadyExists", (aws) => bucket(aws, "logs")],
  ["s3", "makes a bucket twice", "BucketAlreadyOwnedByYou", async (aws) => [await bucket(aws), await bucket(aws)]],
  ["s3", "sets up a bucket that is not there", "NoSuchBucket", (aws) => versioned(aws, "Enabled")],
  [
    "s3",
    "makes a bucket public that AWS blocks by itself",
    "AccessDenied",
    async (aws) => {
      await bucket(aws);
      await aws.create("aws:s3/bucketPolicy:BucketPolicy", { bucket: "reports-of-ours", policy: PUBLIC });
    },
  ],
  [
    "s3",
    "lets a role in that does not exist",
    "MalformedPolicy",
    async (aws) => {
      await bucket(aws);
      const policy = PUBLIC.replace('"*"', '{"AWS":"arn:aws:iam::111122223333:role/nobody"}');
      await aws.create("aws:s3/bucketPolicy:BucketPolicy", { bucket: "reports-of-ours", policy });
    },
  ],
  [
    "s3",
    "turns versioning off for good",
    "MalformedXML",
    async (aws) => {
      await bucket(aws);
      const versions = await versioned(aws, "Enabled");
      const versioningConfiguration = { status: "Disabled" };
      await aws.update("aws:s3/bucketVersioning:BucketVersioning", versions, { versioningConfiguration });
    },
  ],
  [
    "s3",
    "locks objects without versions",
    "InvalidBucketState",
    async (aws) => {
      await bucket(aws);
      await aws.create("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", {
        bucket: "reports-of-ours",
      });
    },
  ],
  [
    "s3",
    "suspends the versions of a locked bucket",
    "InvalidBucketState",
    async (aws) => {
      await bucket(aws, "reports-of-ours", { objectLockEnabled: true });
      await versioned(aws, "Suspended");
    },
  ],
  [
    "s3",
    "deletes a bucket with objects",
    "BucketNotEmpty",
    async (aws) => {
      const made = await bucket(aws);
      aws.happens("aws:s3/bucketObjectv2:BucketObjectv2", `${made.id}/report`, { bucket: made.id, key: "report" });
      await aws.delete(BUCKET, made);
    },
  ],
  [
    "s3",
    "logs into a bucket that is not there",
    "InvalidTargetBucketForLogging",
    async (aws) => {
      await bucket(aws);
      await aws.create("aws:s3/bucketLogging:BucketLogging", {
        bucket: "reports-of-ours",
        targetBucket: "nowhere-at-all",
        targetPrefix: "x",
      });
    },
  ],
];
