import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { events, queuePolicy } from "./events";

/**
 * The queue in which Karpenter reads what AWS is about to do to an instance. A warning of two minutes is worth nothing
 * after five. It holds ids of instances and no data, so SQS's own encryption is enough: a key of ours would have to
 * admit EventBridge.
 *
 * @control queue-encrypted
 */
export function interruptionQueue(
  name: string,
  blueprint: ClusterBlueprint,
  opts: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  const queue = new aws.sqs.Queue(
    `${name}-karpenter`,
    { name: roleName(blueprint, "karpenter"), messageRetentionSeconds: 300, sqsManagedSseEnabled: true },
    opts,
  );
  const admission = new aws.sqs.QueuePolicy(
    `${name}-karpenter`,
    { queueUrl: queue.url, policy: queuePolicy(blueprint) },
    opts,
  );

  for (const { event, pattern } of events()) {
    const rule = new aws.cloudwatch.EventRule(
      `${name}-${event}`,
      {
        name: roleName(blueprint, event),
        description: `Tells Karpenter of EKS cluster ${blueprint.cluster.name} what happens to instances`,
        eventPattern: pattern,
      },
      opts,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-${event}`,
      { rule: rule.name, targetId: `${name}-${event}`, arn: queue.arn },
      // What comes before the queue admits it is lost.
      { ...opts, dependsOn: [admission] },
    );
  }
  return queue;
}
