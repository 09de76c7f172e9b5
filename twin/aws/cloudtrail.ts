import type { Behaviour, Call } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { keyNamed, refuseUnusableKey } from "./encryption-key";
import { kept } from "./kept";
import { admits, isTrusted } from "./policy-document";
import { nameOf, objects, text } from "./property";
import { BUCKET, bucketPolicy, writeObject } from "./s3/bucket";

const TRAIL = "aws:cloudtrail/trail:Trail";
const SERVICE = "cloudtrail.amazonaws.com";

const trail: Behaviour = {
  token: TRAIL,
  service: "CloudTrail",
  words: "CloudTrail Trail",
  replaces: ["name"],
  autoName: { property: "name" },
  references: [
    {
      path: "s3BucketName",
      to: BUCKET,
      missing: (name) => new AwsError("S3BucketDoesNotExistException", `S3 bucket ${name} does not exist!`), // wording not verified
    },
  ],
  minutes: { create: 0.2, update: 0.2, delete: 0.1 },
  defaults: () => ({
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  }),
  refuseCreate: (call) => {
    const name = nameOf(call);
    if (!/^(?!.*[._-]{2})[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/.test(name))
      throw new AwsError("InvalidTrailNameException", `Trail name "${name}" is not valid.`); // wording not verified
    if (call.world.find(TRAIL, trailArn(call)))
      throw new AwsError("TrailAlreadyExistsException", `Trail ${name} already exists in the account.`); // not verified
    refuseDestinations(call);
  },
  refuseUpdate: refuseDestinations,
  id: trailArn,
  outputs: (call, id) => ({
    arn: id,
    homeRegion: kept(call.world, TRAIL, id, "homeRegion", call.world.region),
    snsTopicArn: topicArn(call),
  }),
  afterCreate: ({ world, inputs }) => {
    const prefix = text(inputs, "s3KeyPrefix");
    const key = `${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${world.accountId}/CloudTrail/`;
    if (inputs["enableLogging"] !== false)
      writeObject(world, text(inputs, "s3BucketName") ?? "", key, "CloudTrail writes here as soon as it logs");
  },
};

function refuseDestinations(call: Call): void {
  const { inputs } = call;
  refuseBucket(call);
  refuseLogGroup(call);
  refuseKey(call);
  if (objects(inputs, "eventSelectors").length > 0 && objects(inputs, "advancedEventSelectors").length > 0)
    // Wording not verified.
    throw new AwsError(
      "InvalidEventSelectorsException",
      "Use either eventSelectors or advancedEventSelectors, not both.",
    );
}

function refuseBucket({ world, inputs }: Call): void {
  const name = text(inputs, "s3BucketName") ?? "";
  const document = bucketPolicy(world, name);
  if (!admits(document, SERVICE, "s3:PutObject") || !admits(document, SERVICE, "s3:GetBucketAcl"))
    throw new AwsError(
      "InsufficientS3BucketPolicyException",
      `Incorrect S3 bucket policy is detected for bucket: ${name}`,
    );
}

function refuseLogGroup({ world, inputs }: Call): void {
  const group = text(inputs, "cloudWatchLogsGroupArn");
  if (group === undefined) return;
  const arn = group.replace(/:\*$/, "");
  if (arn === group || !world.findBy("aws:cloudwatch/logGroup:LogGroup", "arn", arn))
    throw new AwsError(
      "InvalidCloudWatchLogsLogGroupArnException",
      "Access denied. Check the log group's ARN, which ends with :*.",
    );
  if (!isTrusted(world, text(inputs, "cloudWatchLogsRoleArn"), SERVICE))
    throw new AwsError(
      "InvalidCloudWatchLogsRoleArnException",
      "Access denied. Check the trust relationships for your role.",
    );
}

function refuseKey({ world, inputs }: Call): void {
  const name = text(inputs, "kmsKeyId");
  if (name === undefined) return;
  // Code from the API reference, wording not verified.
  refuseUnusableKey(world, name, (key) => new AwsError("KmsKeyNotFoundException", `KMS key ${key} does not exist`));
  const key = keyNamed(world, name);
  if (key && !admits(key.properties["policy"], SERVICE, "kms:GenerateDataKey"))
    throw new AwsError(
      "InsufficientEncryptionPolicyException",
      `Insufficient permissions to access S3 bucket ${text(inputs, "s3BucketName") ?? ""} or KMS key ${name}.`,
    );
}

function topicArn({ world, inputs }: Call): string {
  const topic = text(inputs, "snsTopicName");
  if (topic === undefined) return "";
  return topic.startsWith("arn:") ? topic : regionalArn(world, "sns", topic);
}

function trailArn(call: Call): string {
  return regionalArn(call.world, "cloudtrail", `trail/${nameOf(call)}`);
}

/** AWS CloudTrail (Terraform provider source; rule J52). */
export const cloudtrail: readonly Behaviour[] = [trail];
