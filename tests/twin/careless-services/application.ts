import { roleFor } from "../services";
import { type Careless, code, lambda, PUBLIC, secret } from "./scene";

/** What the services that applications use refuse. */
export const applicationPrograms: readonly Careless[] = [
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
];
