import { bucket, type Careless, channel, recorder } from "./scene";

/** What the security services refuse. */
export const securityPrograms: readonly Careless[] = [
  [
    "guardduty",
    "turns a second detector on",
    "BadRequestException",
    async (aws) => {
      await aws.create("aws:guardduty/detector:Detector", {});
      await aws.create("aws:guardduty/detector:Detector", {});
    },
  ],
  [
    "inspector2",
    "scans what Inspector does not know",
    "ValidationException",
    (aws) => aws.create("aws:inspector2/enabler:Enabler", { accountIds: ["111122223333"], resourceTypes: ["S3"] }),
  ],
  [
    "securityhub",
    "subscribes before the hub is on",
    "InvalidAccessException",
    (aws) =>
      aws.create("aws:securityhub/standardsSubscription:StandardsSubscription", {
        standardsArn: "arn:aws:securityhub:eu-central-1::standards/cis-aws-foundations-benchmark/v/3.0.0",
      }),
  ],
  [
    "accessanalyzer",
    "makes a second analyzer of the account",
    "ServiceQuotaExceededException",
    async (aws) => {
      await aws.create("aws:accessanalyzer/analyzer:Analyzer", { analyzerName: "one" });
      await aws.create("aws:accessanalyzer/analyzer:Analyzer", { analyzerName: "two" });
    },
  ],
  [
    "cloudtrail",
    "logs into a bucket whose policy says nothing of it",
    "InsufficientS3BucketPolicyException",
    async (aws) => {
      await bucket(aws);
      await aws.create("aws:cloudtrail/trail:Trail", { s3BucketName: "reports-of-ours" });
    },
  ],
  ["config", "opens a channel before the recorder", "NoAvailableConfigurationRecorderException", (aws) => channel(aws)],
  [
    "config",
    "starts a recorder that cannot deliver",
    "NoAvailableDeliveryChannelException",
    async (aws) => {
      const { id } = await recorder(aws);
      await aws.create("aws:cfg/recorderStatus:RecorderStatus", { name: id, isEnabled: true });
    },
  ],
  [
    "config",
    "closes the channel while it records",
    "LastDeliveryChannelDeleteFailedException",
    async (aws) => {
      const { id } = await recorder(aws);
      const open = await channel(aws);
      await aws.create("aws:cfg/recorderStatus:RecorderStatus", { name: id, isEnabled: true });
      await aws.delete("aws:cfg/deliveryChannel:DeliveryChannel", open);
    },
  ],
];
