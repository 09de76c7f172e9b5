import type { ClusterBlueprint } from "../blueprint/schema";
import { administration, deployers } from "../keys/administration";
import { document, merge, through, withIam } from "../keys/statement";
import { tlsOnly } from "../state/policy";
import { type RunnerBlueprint, runnerArn, sourceBucket } from "./name";

/**
 * The runner's key: the pipeline seals an archive, the runner opens it, both through S3 and for this bucket alone.
 * Whatever else a build may leave with CodeBuild is sealed by the runner too.
 */
export function sourceKeyPolicy(blueprint: ClusterBlueprint, { pipeline }: RunnerBlueprint): string {
  const bucket = `arn:aws:s3:::${sourceBucket(blueprint)}`;
  const here = merge(through(blueprint, "s3"), {
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
  });

  return document(
    administration(blueprint),
    {
      Sid: "Pipeline",
      Effect: "Allow",
      ...withIam(blueprint, [pipeline], here),
      // A large archive comes in parts, and S3 opens each to join them.
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
    },
    {
      Sid: "Runner",
      Effect: "Allow",
      ...withIam(blueprint, [runnerArn(blueprint)], here),
      Action: ["kms:Decrypt"],
      Resource: "*",
    },
  );
}

/**
 * What cannot be done with archives: nobody but the pipeline brings one, none is ever replaced (every write must ask S3
 * to refuse a name that is taken: Amazon S3 user guide, "Enforce conditional writes on Amazon S3 buckets"), and none is
 * deleted and brought anew but by an administrator.
 *
 * @control runner-source-kept
 */
export function sourceBucketPolicy(blueprint: ClusterBlueprint, { pipeline }: RunnerBlueprint): string {
  const bucket = sourceBucket(blueprint);
  const objects = `arn:aws:s3:::${bucket}/*`;
  const deny = (Sid: string, Action: string | readonly string[], Condition: object) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: objects,
    Condition,
  });

  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      tlsOnly(bucket),
      deny("OnlyPipeline", "s3:PutObject", { ArnNotEquals: { "aws:PrincipalArn": pipeline } }),
      deny("OnlyOnce", "s3:PutObject", {
        Null: { "s3:if-none-match": "true" },
        Bool: { "s3:ObjectCreationOperation": "true" },
      }),
      deny("Kept", ["s3:DeleteObject", "s3:DeleteObjectVersion"], {
        ArnNotLike: { "aws:PrincipalArn": deployers(blueprint) },
      }),
    ],
  });
}
