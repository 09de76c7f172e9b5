import type { Behaviour, Call } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { text } from "./property";
import { fifoName } from "./sns";

const QUEUE = "aws:sqs/queue:Queue";

// Lowest and highest value of each attribute (SDK docs of aws.sqs.Queue).
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  delaySeconds: [0, 900],
  kmsDataKeyReusePeriodSeconds: [60, 86400],
  maxMessageSize: [1024, 1048576],
  messageRetentionSeconds: [60, 1209600],
  receiveWaitTimeSeconds: [0, 20],
  visibilityTimeoutSeconds: [0, 43200],
};

const queue: Behaviour = {
  token: QUEUE,
  service: "SQS",
  words: "SQS Queue",
  replaces: ["name", "namePrefix", "fifoQueue"],
  autoName: { property: "name" },
  // A create within 60 s of a delete is refused with QueueDeletedRecently; the provider waits, so only time passes (J57).
  minutes: { create: 0.5, update: 0.5, delete: 1 },
  defaults: ({ inputs }) => ({
    contentBasedDeduplication: false,
    deduplicationScope: inputs["fifoQueue"] === true ? "queue" : "",
    delaySeconds: 0,
    fifoQueue: false,
    fifoThroughputLimit: inputs["fifoQueue"] === true ? "perQueue" : "",
    kmsDataKeyReusePeriodSeconds: 300,
    maxMessageSize: 262144,
    messageRetentionSeconds: 345600,
    policy: "",
    receiveWaitTimeSeconds: 0,
    redriveAllowPolicy: "",
    redrivePolicy: "",
    sqsManagedSseEnabled: inputs["kmsMasterKeyId"] === undefined,
    visibilityTimeoutSeconds: 30,
  }),
  refuseCreate: (call) => {
    const name = fifoName(call, "fifoQueue");
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name.replace(/\.fifo$/, "")) || name.length > 80)
      throw new AwsError(
        "InvalidParameterValue",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    if ((call.inputs["fifoQueue"] === true) !== name.endsWith(".fifo"))
      throw new AwsError("InvalidParameterValue", "The name of a FIFO queue can only end with .fifo"); // not verified
    refuseAttributes(call);
  },
  refuseUpdate: refuseAttributes,
  id: ({ world, ...call }) =>
    `https://sqs.${world.region}.amazonaws.com/${world.accountId}/${fifoName({ world, ...call }, "fifoQueue")}`,
  outputs: (call, id) => ({
    arn: regionalArn(call.world, "sqs", fifoName(call, "fifoQueue")),
    name: fifoName(call, "fifoQueue"),
    url: id,
  }),
};

function refuseAttributes({ inputs }: Call): void {
  if (inputs["kmsMasterKeyId"] !== undefined && inputs["sqsManagedSseEnabled"] === true)
    // Wording not verified.
    throw new AwsError("InvalidAttributeValue", "You can use one type of server-side encryption at one time.");
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = inputs[name];
    if (typeof value === "number" && (value < low || value > high))
      throw new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`); // code not verified
  }
}

const policy: Behaviour = {
  token: "aws:sqs/queuePolicy:QueuePolicy",
  service: "SQS",
  words: "SQS Queue Policy",
  replaces: ["queueUrl"],
  references: [
    {
      path: "queueUrl",
      to: QUEUE,
      missing: () => new AwsError("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
    },
  ],
  minutes: { create: 0.5, update: 0.5, delete: 0.5 },
  id: ({ inputs }) => text(inputs, "queueUrl") ?? "",
  outputs: () => ({}),
};

/** Amazon SQS: queues and their policies (Terraform provider source; rule J57). */
export const sqs: readonly Behaviour[] = [queue, policy];
