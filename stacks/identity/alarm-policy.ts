import type { ClusterBlueprint } from "../blueprint/schema";
import { administration } from "../keys/administration";
import { byKeyAlone, document, role, through } from "../keys/statement";
import { WATCHES } from "../runner/watch";
import { roleName } from "./name";

/** Every way to become a role; each names it in the same field. */
const WAYS_IN = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

/** The role under which EventBridge publishes. */
const publisher = (blueprint: ClusterBlueprint) => role(blueprint, roleName(blueprint, "alarm"));

/** The ARNs of the rules that raise alarms: of break-glass, and of the runner where there is one. */
function ruleArns(blueprint: ClusterBlueprint): string[] {
  const watched = ["break-glass", ...(blueprint.runner === undefined ? [] : WATCHES)];
  return watched.map(
    (purpose) => `arn:aws:events:${blueprint.region}:${blueprint.account}:rule/${roleName(blueprint, purpose)}`,
  );
}

/** The ARN of the topic. */
function topicArn(blueprint: ClusterBlueprint): string {
  return `arn:aws:sns:${blueprint.region}:${blueprint.account}:${roleName(blueprint, "alarms")}`;
}

/** Matches every attempt to become break-glass, the refused ones too: somebody tried. */
export function becomesBreakGlass(breakGlass: string): string {
  return JSON.stringify({
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: WAYS_IN,
      requestParameters: { roleArn: [breakGlass] },
    },
  });
}

/**
 * EventBridge supports no conditions when it publishes as a service, so it publishes under a role, and this names the
 * rules that may use it ("Using resource-based policies for Amazon EventBridge", Amazon SNS permissions).
 *
 * @control iam-service-trust-confined
 */
export function publisherTrust(blueprint: ClusterBlueprint): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "BreakGlassRule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": blueprint.account },
          ArnEquals: { "aws:SourceArn": ruleArns(blueprint) },
        },
      },
    ],
  });
}

/** What the publisher may do: publish to this topic. The key admits it by itself, its ARN being unknown beforehand. */
export function publisherPermissions(blueprint: ClusterBlueprint): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn(blueprint) }],
  });
}

/** Only the publisher publishes, and nobody without TLS. */
export function topicPolicy(blueprint: ClusterBlueprint): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Publisher",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${blueprint.account}:root` },
        Action: "sns:Publish",
        Resource: topicArn(blueprint),
        Condition: { ArnEquals: { "aws:PrincipalArn": publisher(blueprint) } },
      },
      {
        Sid: "PlainText",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn(blueprint),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

/**
 * The key of alarms: the publisher's alone, through SNS; AWS's own key for SNS admits no EventBridge.
 *
 * @control keys-not-public
 */
export function alarmsKeyPolicy(blueprint: ClusterBlueprint): string {
  return document(administration(blueprint), {
    Sid: "Publisher",
    Effect: "Allow",
    ...byKeyAlone(blueprint, [publisher(blueprint)], through(blueprint, "sns")),
    Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
    Resource: "*",
  });
}
