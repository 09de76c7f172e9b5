import type { Behaviour, Call, Reference } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { resourceStatements } from "./policy-document";
import { nameOf, text } from "./property";

const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

const invalid = (message: string): AwsError => new AwsError("InvalidParameter", `Invalid parameter: ${message}`);

const ofTopic = (path: string): Reference => ({
  path,
  to: TOPIC,
  by: "arn",
  missing: () => new AwsError("NotFound", "Topic does not exist", 404),
});

/** Pulumi gives an unnamed FIFO topic or queue the suffix that AWS demands; names end in seven hex digits then. */
export function fifoName(call: Call, fifo: string): string {
  const name = nameOf(call);
  return call.inputs[fifo] === true && /-[0-9a-f]{7}$/.test(name) ? `${name}.fifo` : name;
}

const topic: Behaviour = {
  token: TOPIC,
  service: "SNS",
  words: "SNS Topic",
  replaces: ["name", "namePrefix", "fifoTopic"],
  autoName: { property: "name" },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  // No server-side encryption and a policy for the owner alone.
  defaults: (call) => ({
    contentBasedDeduplication: false,
    fifoTopic: false,
    fifoThroughputScope: "",
    policy: ownerOnly(call),
    signatureVersion: 0,
    tracingConfig: "",
  }),
  refuseCreate: (call) => {
    const name = fifoName(call, "fifoTopic");
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(name.replace(/\.fifo$/, "")) || name.length > 256) throw invalid("Topic Name");
    if ((call.inputs["fifoTopic"] === true) !== name.endsWith(".fifo"))
      throw invalid("Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase letters");
  },
  id: (call) => topicArn(call),
  outputs: (call, id) => ({
    arn: id,
    name: fifoName(call, "fifoTopic"),
    owner: call.world.accountId,
    beginningArchiveTime: "",
  }),
  // A topic takes its subscriptions along, the unconfirmed ones too.
  afterDelete: ({ world, stored }) => {
    for (const { id, urn, properties } of world.all(SUBSCRIPTION))
      if (urn === undefined && properties["topic"] === stored.id) world.takeAway(SUBSCRIPTION, id);
  },
};

const policy: Behaviour = {
  token: "aws:sns/topicPolicy:TopicPolicy",
  service: "SNS",
  words: "SNS Topic Policy",
  replaces: ["arn"],
  references: [ofTopic("arn")],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  refuseCreate: ({ inputs }) => {
    if (!resourceStatements(inputs["policy"])?.length) throw invalid("Policy statement action out of service scope!");
  },
  id: ({ inputs }) => text(inputs, "arn") ?? "",
  outputs: ({ world }) => ({ owner: world.accountId }),
};

const subscription: Behaviour = {
  token: SUBSCRIPTION,
  service: "SNS",
  words: "SNS Topic Subscription",
  replaces: ["endpoint", "protocol", "topic"],
  references: [ofTopic("topic")],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({
    confirmationTimeoutInMinutes: 1,
    endpointAutoConfirms: false,
    filterPolicyScope: "",
    rawMessageDelivery: false,
  }),
  refuseCreate: ({ inputs }) => {
    const protocol = text(inputs, "protocol") ?? "";
    if (!PROTOCOLS.includes(protocol)) throw invalid(`Protocol. Invalid protocol: ${protocol}`); // wording not verified
    if (["sqs", "lambda", "firehose"].includes(protocol) && !text(inputs, "endpoint")?.startsWith("arn:"))
      throw invalid(`Endpoint. Reason: an ARN is expected for ${protocol}`); // wording not verified
  },
  id: ({ world, inputs }) => `${text(inputs, "topic") ?? ""}:${world.uuid()}`,
  outputs: ({ world, inputs }, id) => {
    const pending = isPending(text(inputs, "protocol"), inputs["endpointAutoConfirms"] === true);
    return {
      arn: id,
      confirmationWasAuthenticated: !pending,
      ownerId: world.accountId,
      pendingConfirmation: pending,
    };
  },
  // Nobody can unsubscribe what was never confirmed: it goes with its topic, or after three days.
  afterDelete: ({ world, stored }) => {
    if (stored.properties["pendingConfirmation"] !== true) return;
    if (!world.find(TOPIC, text(stored.properties, "topic") ?? "")) return;
    const note = "an unconfirmed subscription cannot be deleted; it goes after three days or with its topic";
    world.makeBehindTheBack({ type: SUBSCRIPTION, id: stored.id, properties: stored.properties, note });
  },
};

/** Amazon SNS: topics, their policies and subscriptions (Terraform provider source). */
export const sns: readonly Behaviour[] = [topic, policy, subscription];

function isPending(protocol: string | undefined, confirmsItself: boolean): boolean {
  return protocol?.startsWith("email") === true || (protocol?.startsWith("http") === true && !confirmsItself);
}

function topicArn(call: Call): string {
  return regionalArn(call.world, "sns", fifoName(call, "fifoTopic"));
}

function ownerOnly(call: Call): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish"],
        Resource: topicArn(call),
        Condition: { StringEquals: { "AWS:SourceOwner": call.world.accountId } },
      },
    ],
  });
}
