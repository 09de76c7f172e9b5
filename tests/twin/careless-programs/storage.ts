import * as aws from "@pulumi/aws";

import { type Careless, document } from "./program";

const bucket = () => new aws.s3.Bucket("main", { bucket: "reports-of-ours" }).bucket;

/** What S3, Secrets Manager and CloudTrail refuse. */
export const storage: readonly Careless[] = [
  [
    "a bucket that everybody may read",
    "public policies are blocked by the BlockPublicPolicy",
    () => {
      const policy = document({ Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports-of-ours/*" });
      return new aws.s3.BucketPolicy("main", { bucket: bucket(), policy });
    },
  ],
  ["a bucket's name in capitals", "InvalidBucketName", () => new aws.s3.Bucket("main", { bucket: "Reports" })],
  [
    "object lock without versions",
    "InvalidBucketState",
    () => new aws.s3.BucketObjectLockConfiguration("main", { bucket: bucket() }),
  ],
  [
    "versions of a bucket that does not exist",
    "NoSuchBucket",
    () =>
      new aws.s3.BucketVersioning("main", {
        bucket: "nothing-of-ours",
        versioningConfiguration: { status: "Enabled" },
      }),
  ],
  [
    "a trail into a bucket whose policy says nothing of it",
    "InsufficientS3BucketPolicyException",
    () => new aws.cloudtrail.Trail("main", { s3BucketName: bucket() }),
  ],
  [
    "a secret under the name of one that waits for its end",
    "already scheduled for deletion",
    () => new aws.secretsmanager.Secret("main", { name: "database" }),
    async ({ account }) => {
      const type = "aws:secretsmanager/secret:Secret";
      const [made] = account.leftovers().made;
      await account.delete({ urn: made?.urn ?? "", type, id: made?.id ?? "" });
      await account.create({ urn: "urn:x::again", type, inputs: { name: "database" } });
    },
  ],
];
