import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, covers, pinned } from "../iam-document";
import type { Inventory, Item, Subject } from "../inventory";
import { launcher, launcherRights, ROLE } from "./example";

const QUEUE = token<aws.sqs.QueueArgs>("aws:sqs/queue:Queue");
const QUEUE_POLICY = token<aws.sqs.QueuePolicyArgs>("aws:sqs/queuePolicy:QueuePolicy");
const RULE = token<aws.cloudwatch.EventRuleArgs>("aws:cloudwatch/eventRule:EventRule");
const TARGET = token<aws.cloudwatch.EventTargetArgs>("aws:cloudwatch/eventTarget:EventTarget");

/** What AWS says before, or when, it takes an instance away (Karpenter's documentation, "CloudFormation"). */
const WARNINGS = [
  "AWS Health Event",
  "EC2 Capacity Reservation Instance Interruption Warning",
  "EC2 Instance Rebalance Recommendation",
  "EC2 Instance State-change Notification",
  "EC2 Spot Instance Interruption Warning",
];

/** Whether Karpenter learns what AWS is about to do. */
export const interruption: readonly Control[] = [
  inventoryControl({
    id: "karpenter-interruptions-heard",
    title: "Karpenter hears every warning of AWS, and its queue lets the warnings in",
    severity: "high",
    why: "an instance that is taken away unannounced takes its pods along in the middle of a request",
    fix: "send the five kinds of events to the queue that the controller reads, and name their rules in the queue's policy",
    refs: {},
    about: [ROLE],
    *check(role, inventory) {
      const rights = launcherRights(role, inventory);
      if (rights.length === 0) return;
      const read = rights.filter((one) => covers(one, "sqs:ReceiveMessage")).flatMap(({ resources }) => resources);
      const queues = inventory.all(QUEUE).filter(({ inputs }) => read.some((arn) => arn.split(":")[5] === inputs.name));
      if (queues.length === 0) yield `role ${role.name} reads no queue of this stack, so no warning reaches it`;
      for (const queue of queues) {
        const rules = rulesInto(queue, inventory);
        const heard = rules.flatMap(({ inputs }) => detailTypes(inputs.eventPattern));
        const missing = WARNINGS.filter((kind) => !heard.includes(kind));
        if (missing.length > 0) yield `queue ${queue.name} never hears of ${missing.join(", ")}`;
        const admitted = sources(queue, inventory);
        for (const { name, inputs } of rules)
          if (!admitted.some((arn) => arn.endsWith(`:rule/${inputs.name ?? ""}`)))
            yield `queue ${queue.name} refuses what rule ${name} sends`;
      }
    },
    good: [[...launcher(reading("warnings")), ...heard(WARNINGS)]],
    bad: [
      launcher(),
      [...launcher(reading("another")), ...heard(WARNINGS)],
      [...launcher(reading("warnings")), ...heard(WARNINGS.slice(1))],
      [...launcher(reading("warnings")), ...heard(WARNINGS, { admitted: "rule-0" })],
      [...launcher(reading("warnings")), ...heard(WARNINGS, { state: "DISABLED" })],
    ],
  }),
];

function rulesInto(queue: Subject<unknown>, inventory: Inventory) {
  return inventory
    .all(TARGET)
    .filter((target) => aimsAt(target, queue, inventory))
    .flatMap((target) => inventory.linked(target, "rule", RULE))
    .filter(({ inputs }) => inputs.state !== "DISABLED");
}

// A target that was computed from something else aims elsewhere, even while its ARN is unknown.
function aimsAt(target: Subject<unknown>, queue: Subject<unknown>, inventory: Inventory): boolean {
  const sources = target.propertyDependencies["arn"] ?? [];
  if (sources.length > 0) return sources.includes(queue.urn);
  return inventory.linked(target, "arn", QUEUE).some(({ urn }) => urn === queue.urn);
}

function detailTypes(pattern: string | undefined): readonly string[] {
  const { "detail-type": kinds = [] } = JSON.parse(pattern ?? "{}") as { readonly "detail-type"?: readonly string[] };
  return kinds;
}

function sources(queue: Subject<unknown>, inventory: Inventory): readonly string[] {
  return inventory
    .linking(QUEUE_POLICY, "queueUrl", queue)
    .flatMap(({ inputs }) => allowsOf(inputs.policy))
    .filter((statement) => statement.principals.some(({ value }) => value === "events.amazonaws.com"))
    .flatMap((statement) => pinned(statement, "aws:SourceArn"));
}

function reading(name: string) {
  return { Action: "sqs:ReceiveMessage", Resource: `arn:aws:sqs:eu-central-1:111122223333:${name}` };
}

function heard(
  kinds: readonly string[],
  { admitted, state = "ENABLED" }: { readonly admitted?: string; readonly state?: string } = {},
): readonly Item[] {
  const queue = item(QUEUE, "warnings", { name: "warnings" });
  const rules = kinds.map((kind, index) =>
    item(RULE, `rule-${index}`, {
      name: `rule-${index}`,
      eventPattern: JSON.stringify({ "detail-type": [kind] }),
      state,
    }),
  );
  const targets = rules.map((rule) =>
    item(TARGET, rule.name, { rule: rule.name, arn: "q" }, { links: { rule: [rule], arn: [queue] } }),
  );
  const names = admitted === undefined ? rules.map(({ name }) => name) : [admitted];
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Condition: {
      ArnEquals: { "aws:SourceArn": names.map((name) => `arn:aws:events:eu-central-1:111122223333:rule/${name}`) },
    },
  };
  const policy = JSON.stringify({ Statement: [statement] });
  return [
    queue,
    ...rules,
    ...targets,
    item(QUEUE_POLICY, "warnings", { queueUrl: "q", policy }, { links: { queueUrl: [queue] } }),
  ];
}
