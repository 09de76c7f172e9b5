import * as aws from "@pulumi/aws";

import type { Keys } from "../keys";
import { rules, visibility } from "./rules";
import type { Site } from "./site";
import { isKept } from "./site";

/** The web ACL of the edge; what no rule refuses reaches the gateway. */
export function webAcl({ name, blueprint, edge, parent }: Site): aws.wafv2.WebAcl {
  const { name: cluster } = blueprint.cluster;

  return new aws.wafv2.WebAcl(
    name,
    {
      scope: "REGIONAL",
      description: `Guards the edge of cluster ${cluster}`,
      defaultAction: { allow: {} },
      rules: rules(cluster, edge.waf),
      visibilityConfig: visibility(cluster, "edge"),
    },
    { parent },
  );
}

/**
 * Puts the web ACL before the load balancer.
 * @control edge-waf-associated
 */
export function guard(
  { name, parent }: Site,
  { arn: webAclArn }: aws.wafv2.WebAcl,
  { arn: resourceArn }: aws.lb.LoadBalancer,
): aws.wafv2.WebAclAssociation {
  return new aws.wafv2.WebAclAssociation(name, { webAclArn, resourceArn }, { parent });
}

/** `aws-waf-logs-<cluster>`: AWS WAF writes to no group of another beginning; the logs key names this one. */
function wafLogGroup(cluster: string): string {
  return `aws-waf-logs-${cluster}`;
}

/**
 * Records every request that the web ACL judges, without what would let a reader of the log take over a session.
 * @control edge-waf-logged
 * @control edge-waf-log-redacted
 */
export function logging(site: Site, acl: aws.wafv2.WebAcl, keys: Keys): aws.wafv2.WebAclLoggingConfiguration {
  const { name, blueprint, parent } = site;
  const group = new aws.cloudwatch.LogGroup(
    `${name}-waf`,
    {
      name: wafLogGroup(blueprint.cluster.name),
      retentionInDays: blueprint.logs.retentionDays,
      kmsKeyId: keys.logs.arn,
    },
    { parent, protect: isKept(site) },
  );
  const delivery = new aws.cloudwatch.LogResourcePolicy(
    `${name}-waf`,
    { policyName: `bulwark-${blueprint.cluster.name}-waf-logs`, policyDocument: deliveryPolicy(blueprint) },
    { parent },
  );

  return new aws.wafv2.WebAclLoggingConfiguration(
    name,
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
    },
    { parent, dependsOn: [delivery] },
  );
}

/** Log delivery may write into this one group; without it AWS WAF would keep a policy of its own that covers more. */
export function deliveryPolicy({ account, region, cluster }: Site["blueprint"]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WafLogDelivery",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:${region}:${account}:log-group:${wafLogGroup(cluster.name)}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` },
        },
      },
    ],
  });
}
