import { administration, deployers } from "../keys/administration";
import { document, merge, type Owner, type Statement, through, withIam } from "../keys/statement";
import type { Runner } from "./runner";

/**
 * The key of the state bucket: those who deploy, through S3, and only for this bucket, whose ARN S3 gives as
 * encryption context (with a bucket key it is the bucket's, else the object's).
 */
export function bucketKeyPolicy(owner: Owner, bucket: string, runners: readonly Runner[] = []): string {
  const context = { StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn(bucket), `${arn(bucket)}/*`] } };

  return document(administration(owner), {
    Sid: "State",
    Effect: "Allow",
    ...withIam(owner, [...deployers(owner), ...arnsOf(runners)], merge(through(owner, "s3"), context)),
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
  });
}

/**
 * The key that encrypts secret values inside a state. Pulumi calls KMS itself with it, not through a service, so those
 * who deploy both administer and use this one key; nothing but Pulumi's states is encrypted under it. A runner makes no
 * stack, so it only opens what is there.
 */
export function secretsProviderPolicy(owner: Owner, runners: readonly Runner[] = []): string {
  const ours = { StringEquals: { "kms:CallerAccount": owner.account } };
  const use = (Sid: string, principals: readonly string[], Action: readonly string[]): Statement => ({
    Sid,
    Effect: "Allow",
    ...withIam(owner, principals, ours),
    Action,
    Resource: "*",
  });

  return document(
    administration(owner),
    use("SecretsProvider", deployers(owner), ["kms:Decrypt", "kms:Encrypt"]),
    ...(runners.length === 0 ? [] : [use("Runners", arnsOf(runners), ["kms:Decrypt"])]),
  );
}

/**
 * Who may not touch the state: nobody without TLS, nobody from another account, and nobody who asks for another
 * encryption than the bucket's own. Requests that name no encryption get the default, hence the Null conditions. Nor
 * does a runner touch any state but its own two, whatever its policies say one day.
 */
export function stateBucketPolicy(
  owner: Owner,
  bucket: string,
  keyArn: string,
  runners: readonly Runner[] = [],
): string {
  const header = (name: string, value: string) => ({
    Null: { [name]: "false" },
    StringNotEquals: { [name]: value },
  });

  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      tlsOnly(bucket),
      deny("OtherAccounts", "s3:*", bucket, {
        StringNotEquals: { "aws:PrincipalAccount": owner.account },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      }),
      deny("OtherEncryption", "s3:PutObject", bucket, header("s3:x-amz-server-side-encryption", "aws:kms")),
      deny("OtherKey", "s3:PutObject", bucket, header("s3:x-amz-server-side-encryption-aws-kms-key-id", keyArn)),
      ...runners.flatMap((runner, index) => confined(bucket, runner, index)),
    ],
  });
}

/** S3's log delivery may write the state bucket's access log, and nobody reads it without TLS. */
export function logBucketPolicy(owner: Owner, logs: string, bucket: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      tlsOnly(logs),
      {
        Sid: "AccessLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn(logs)}/*`,
        Condition: { ArnLike: { "aws:SourceArn": arn(bucket) }, StringEquals: { "aws:SourceAccount": owner.account } },
      },
    ],
  });
}

/** Nobody, whoever they are, reads or writes this bucket without TLS. */
export function tlsOnly(bucket: string) {
  return deny("TlsOnly", "s3:*", bucket, { Bool: { "aws:SecureTransport": "false" } });
}

/** A runner reads two states, writes one, and deletes nothing but the locks that it took. */
function confined(bucket: string, { arn: principal, reads, writes, deletes }: Runner, index: number) {
  const but = (
    what: string,
    Action: string | readonly string[],
    keys: readonly string[],
    besides: readonly string[],
  ) => ({
    Sid: `Runner${index}${what}`,
    Effect: "Deny",
    Principal: "*",
    Action,
    NotResource: [...besides, ...keys.map((key) => `${arn(bucket)}/${key}`)],
    Condition: { ArnEquals: { "aws:PrincipalArn": principal } },
  });
  return [
    but("Reads", "s3:*", [...reads, ...writes], [arn(bucket)]),
    but("Writes", "s3:Put*", writes, []),
    but("Deletes", "s3:Delete*", deletes, []),
  ];
}

const arnsOf = (runners: readonly Runner[]) => runners.map((runner) => runner.arn);

function deny(Sid: string, Action: string, bucket: string, Condition: object) {
  return { Sid, Effect: "Deny", Principal: "*", Action, Resource: [arn(bucket), `${arn(bucket)}/*`], Condition };
}

function arn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}
