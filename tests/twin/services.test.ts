import { allowing, Caller, type Made, roleFor, services } from "./services";

const BUCKET = "aws:s3/bucket:Bucket";
const PUBLIC = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
});

const bucket = (aws: Caller, name = "reports-of-ours", more = {}): Promise<Made> =>
  aws.create(BUCKET, { bucket: name, ...more });

const secret = (aws: Caller): Promise<Made> => aws.create("aws:secretsmanager/secret:Secret", { name: "database" });

const code = { code: "zip", handler: "index.handler", runtime: "nodejs22.x" };

const lambda = async (aws: Caller): Promise<Made> =>
  aws.create("aws:lambda/function:Function", { ...code, role: (await roleFor(aws, "lambda.amazonaws.com")).arn });

const recorder = async (aws: Caller): Promise<Made> =>
  aws.create("aws:cfg/recorder:Recorder", { roleArn: (await roleFor(aws, "config.amazonaws.com")).arn });

const channel = async (aws: Caller): Promise<Made> => {
  await bucket(aws, "config-of-ours");
  const policy = allowing("config.amazonaws.com", "s3:PutObject");
  await aws.create("aws:s3/bucketPolicy:BucketPolicy", { bucket: "config-of-ours", policy });
  return aws.create("aws:cfg/deliveryChannel:DeliveryChannel", { s3BucketName: "config-of-ours" });
};

const versioned = (aws: Caller, status: string): Promise<Made> =>
  aws.create("aws:s3/bucketVersioning:BucketVersioning", {
    bucket: "reports-of-ours",
    versioningConfiguration: { status },
  });

/** A careless program: what it does, the service, AWS's error code, and its calls, of which the last is refused. */
type Careless = readonly [service: string, what: string, code: string, program: (aws: Caller) => Promise<unknown>];

const careless: readonly Careless[] = [
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
  [
    "sns",
    "subscribes to a topic that is not there",
    "NotFound",
    (aws) =>
      aws.create("aws:sns/topicSubscription:TopicSubscription", {
        topic: "arn:aws:sns:eu-central-1:111122223333:x",
        protocol: "email",
        endpoint: "a@example.com",
      }),
  ],
  [
    "sqs",
    "keeps messages for a month",
    "InvalidAttributeValue",
    (aws) => aws.create("aws:sqs/queue:Queue", { messageRetentionSeconds: 2592000 }),
  ],
  [
    "sqs",
    "guards a queue that is not there",
    "AWS.SimpleQueueService.NonExistentQueue",
    (aws) => aws.create("aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "https://x", policy: PUBLIC }),
  ],
  [
    "lambda",
    "runs a function under a role of another service",
    "InvalidParameterValueException",
    async (aws) =>
      aws.create("aws:lambda/function:Function", { ...code, role: (await roleFor(aws, "ec2.amazonaws.com")).arn }),
  ],
  [
    "lambda",
    "admits a caller to a function that is not there",
    "ResourceNotFoundException",
    (aws) =>
      aws.create("aws:lambda/permission:Permission", {
        function: "x",
        action: "lambda:InvokeFunction",
        principal: "x",
      }),
  ],
  [
    "secretsmanager",
    "uses the name of a secret that waits for its end",
    "InvalidRequestException",
    async (aws) => {
      await aws.delete("aws:secretsmanager/secret:Secret", await secret(aws));
      await secret(aws);
    },
  ],
  [
    "secretsmanager",
    "rotates with a function that may not be called",
    "AccessDeniedException",
    async (aws) =>
      aws.create("aws:secretsmanager/secretRotation:SecretRotation", {
        secretId: (await secret(aws)).id,
        rotationLambdaArn: (await lambda(aws)).arn,
        rotationRules: { automaticallyAfterDays: 30 },
      }),
  ],
  [
    "secretsmanager",
    "writes a value with a key that waits for its end",
    "KMSInvalidStateException",
    async (aws) => {
      const key = await aws.create("aws:kms/key:Key", {});
      const kept = await aws.create("aws:secretsmanager/secret:Secret", { kmsKeyId: key.arn });
      await aws.delete("aws:kms/key:Key", key);
      await aws.create("aws:secretsmanager/secretVersion:SecretVersion", { secretId: kept.id, secretString: "x" });
    },
  ],
  [
    "ecr",
    "deletes a repository with images",
    "RepositoryNotEmptyException",
    async (aws) => {
      const made = await aws.create("aws:ecr/repository:Repository", { name: "mirror/coredns" });
      aws.happens("aws:ecr/image:Image", "sha256:x", { repositoryName: "mirror/coredns" });
      await aws.delete("aws:ecr/repository:Repository", made);
    },
  ],
  [
    "signer",
    "uses the name of a canceled profile",
    "ConflictException",
    async (aws) => {
      const profile = { name: "images", platformId: "Notation-OCI-SHA384-ECDSA" };
      await aws.delete(
        "aws:signer/signingProfile:SigningProfile",
        await aws.create("aws:signer/signingProfile:SigningProfile", profile),
      );
      await aws.create("aws:signer/signingProfile:SigningProfile", profile);
    },
  ],
  [
    "backup",
    "deletes a vault with backups",
    "InvalidRequestException",
    async (aws) => {
      const made = await aws.create("aws:backup/vault:Vault", { name: "daily" });
      aws.happens("aws:backup/recoveryPoint:RecoveryPoint", "point", { backupVaultName: "daily" });
      await aws.delete("aws:backup/vault:Vault", made);
    },
  ],
  [
    "backup",
    "deletes a plan before its selections",
    "InvalidRequestException",
    async (aws) => {
      await aws.create("aws:backup/vault:Vault", { name: "daily" });
      const plan = await aws.create("aws:backup/plan:Plan", { rules: [{ ruleName: "x", targetVaultName: "daily" }] });
      const iamRoleArn = (await roleFor(aws, "backup.amazonaws.com")).arn;
      await aws.create("aws:backup/selection:Selection", { planId: plan.id, iamRoleArn });
      await aws.delete("aws:backup/plan:Plan", plan);
    },
  ],
  [
    "imagebuilder",
    "builds with an instance profile that is not there",
    "InvalidParameterValueException",
    (aws) =>
      aws.create("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", {
        instanceProfileName: "nobody",
      }),
  ],
  [
    "ssm",
    "writes over a parameter without saying so",
    "ParameterAlreadyExists",
    async (aws) => {
      const parameter = { name: "/a", type: "String", value: "x" };
      await aws.create("aws:ssm/parameter:Parameter", parameter);
      await aws.create("aws:ssm/parameter:Parameter", parameter);
    },
  ],
  [
    "codebuild",
    "builds under a role of another service",
    "InvalidInputException",
    async (aws) =>
      aws.create("aws:codebuild/project:Project", { serviceRole: (await roleFor(aws, "ec2.amazonaws.com")).arn }),
  ],
  [
    "budgets",
    "makes a budget twice",
    "DuplicateRecordException",
    async (aws) => {
      const budget = { name: "month", budgetType: "COST", timeUnit: "MONTHLY" };
      await aws.create("aws:budgets/budget:Budget", budget);
      await aws.create("aws:budgets/budget:Budget", budget);
    },
  ],
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

describe("a careless program is refused with AWS's own error code", () => {
  it.each(careless)("%s: a program %s gets %s", async (_service, _what, expected, program) => {
    await expect(program(new Caller())).rejects.toMatchObject({ name: "ProviderError", code: expected });
  });

  it("has a careless program for every service", () => {
    expect(new Set(careless.map(([service]) => service))).toEqual(new Set(Object.keys(services)));
  });
});
