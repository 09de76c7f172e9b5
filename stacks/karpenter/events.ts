import type { ClusterBlueprint } from "../blueprint/schema";
import { queueArn, ruleArn } from "./name";

/**
 * What Karpenter wants to hear of, by the end of the rule's name (Karpenter's documentation, "CloudFormation",
 * interruption handling). Karpenter leaves the states in which an instance begins and every other kind of health event
 * unread, so they are not sent.
 *
 * @control karpenter-interruptions-heard
 */
const EVENTS = {
  "node-spot": { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
  "node-rebalance": { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  "node-state": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Instance State-change Notification"],
    detail: { state: ["stopping", "stopped", "shutting-down", "terminated"] },
  },
  "node-health": {
    source: ["aws.health"],
    "detail-type": ["AWS Health Event"],
    detail: { service: ["EC2"], eventTypeCategory: ["scheduledChange"] },
  },
  "node-capacity": { source: ["aws.ec2"], "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"] },
} as const;

/** One rule each: the end of its name, and its pattern as EventBridge takes it. */
export function events(): readonly { readonly event: string; readonly pattern: string }[] {
  return Object.entries(EVENTS).map(([event, pattern]) => ({ event, pattern: JSON.stringify(pattern) }));
}

/**
 * Who may write into the queue: EventBridge, for these rules alone, and nobody without TLS. An event that the queue
 * refuses is lost in silence.
 *
 * @control queue-senders-named
 * @control queue-tls-only
 */
export function queuePolicy(blueprint: ClusterBlueprint): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Interruptions",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn(blueprint),
        Condition: { ArnEquals: { "aws:SourceArn": Object.keys(EVENTS).map((event) => ruleArn(blueprint, event)) } },
      },
      {
        Sid: "PlainText",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn(blueprint),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
