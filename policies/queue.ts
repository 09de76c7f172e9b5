import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "./control";
import { covers, isPublic, pinned, type Statement, statementsOf } from "./iam-document";
import type { Inventory, Subject } from "./inventory";
import { isSet } from "./unknown";

const QUEUE = token<aws.sqs.QueueArgs>("aws:sqs/queue:Queue");
const POLICY = token<aws.sqs.QueuePolicyArgs>("aws:sqs/queuePolicy:QueuePolicy");

const rule = "arn:aws:events:eu-central-1:111122223333:rule/spot";
const events = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" };
const plain = { Effect: "Deny", Principal: "*", Action: "sqs:*", Condition: secure("false") };

/** What every queue promises. */
export const queue: readonly Control[] = [
  resourceControl({
    id: "queue-encrypted",
    title: "What waits in a queue is encrypted",
    severity: "medium",
    why: "messages lie on AWS's disks until somebody reads them",
    fix: "set `sqsManagedSseEnabled: true`, or `kmsMasterKeyId` to a key that admits the sender",
    refs: { securityHub: ["SQS.1"], checkov: ["CKV_AWS_27"], trivy: ["AWS-0096"] },
    resource: QUEUE,
    *check(inputs) {
      if (inputs.sqsManagedSseEnabled !== true && !isSet(inputs, "kmsMasterKeyId"))
        yield { path: "sqsManagedSseEnabled", message: "the queue's encryption is left to AWS's default of the day" };
    },
    good: [{ sqsManagedSseEnabled: true }, { kmsMasterKeyId: "alias/bulwark/production/alarms" }],
    bad: [{}, { sqsManagedSseEnabled: false }],
  }),

  inventoryControl({
    id: "queue-tls-only",
    title: "Queues answer nobody without TLS",
    severity: "high",
    why: "a request without TLS shows its content to everybody on the way",
    fix: "deny `sqs:*` to everybody where `aws:SecureTransport` is false",
    refs: {},
    about: [QUEUE],
    *check(one, inventory) {
      if (!statements(one, inventory).some(refusesPlainText)) yield "the queue answers requests without TLS";
    },
    good: [withPolicy(plain)],
    bad: [
      [item(QUEUE, "q", {})],
      withPolicy(events),
      withPolicy({ ...plain, Condition: secure("true") }),
      withPolicy({ ...plain, Action: "sqs:SendMessage" }),
    ],
  }),

  inventoryControl({
    id: "queue-senders-named",
    title: "Only named senders write into a queue",
    severity: "high",
    why: "what reads a queue acts on it; whoever can write a warning can have a node emptied",
    fix: "name the service, and the rule's ARN in a condition on `aws:SourceArn`",
    refs: { checkov: ["CKV_AWS_168"] },
    about: [QUEUE],
    *check(one, inventory) {
      for (const statement of statements(one, inventory).filter(({ effect }) => effect === "Allow")) {
        const named = [...pinned(statement, "aws:SourceArn"), ...pinned(statement, "aws:PrincipalArn")];
        const wide = named.length === 0 || named.some((arn) => /[*?]/.test(arn));
        const services = statement.principals.some(({ kind }) => kind === "Service");
        if ((services || isPublic(statement)) && wide)
          yield `${statement.principals.map(({ value }) => value).join(", ")} may send on behalf of anybody`;
      }
    },
    good: [
      withPolicy({ ...events, Condition: { ArnEquals: { "aws:SourceArn": rule } } }),
      withPolicy({ ...events, Principal: { AWS: "arn:aws:iam::111122223333:role/sender" } }),
    ],
    bad: [
      withPolicy(events),
      withPolicy({ ...events, Principal: "*" }),
      withPolicy({ ...events, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } } }),
      withPolicy({ ...events, Condition: { ArnEqualsIfExists: { "aws:SourceArn": rule } } }),
    ],
  }),
];

function statements(one: Subject<{ policy?: unknown }>, inventory: Inventory): Statement[] {
  const own = isSet(one.inputs, "policy") ? [one.inputs.policy] : [];
  return [...own, ...inventory.linking(POLICY, "queueUrl", one).map(({ inputs }) => inputs.policy)].flatMap(
    statementsOf,
  );
}

function refusesPlainText(statement: Statement): boolean {
  const { effect, conditions } = statement;
  return (
    effect === "Deny" &&
    isPublic(statement) &&
    ["sqs:SendMessage", "sqs:ReceiveMessage"].every((action) => covers(statement, action)) &&
    conditions.length === 1 &&
    conditions.every(
      ({ operator, key, values }) => operator === "Bool" && key === "aws:securetransport" && values.join() === "false",
    )
  );
}

function secure(value: string) {
  return { Bool: { "aws:SecureTransport": value } };
}

function withPolicy(statement: object) {
  const one = item(QUEUE, "q", { sqsManagedSseEnabled: true });
  const policy = JSON.stringify({ Statement: [{ Resource: "*", ...statement }] });
  return [one, item(POLICY, "q", { queueUrl: "q", policy }, { links: { queueUrl: [one] } })];
}
