import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Zone } from "./certificate";
import type { Joined } from "./listeners";
import type { EdgeLogs } from "./logs";
import { responseTeam } from "./response-team";
import type { Site } from "./site";
import { bounded, isKept } from "./site";

/**
 * Shield Advanced for the load balancer and a zone of ours; nothing where it is refused. Floods of requests are answered
 * by rules that Shield writes into the web ACL itself, by blocking.
 *
 * @control edge-shield-decided
 */
export function shieldAdvanced(site: Site, { ours }: Zone, joined: Joined, logs: EdgeLogs): void {
  const subscribed = subscription(site);
  if (subscribed === undefined) return;

  const { name, parent } = site;
  const { balancer, guarded } = joined;
  const opts = { parent, dependsOn: [...subscribed, guarded] };
  const resources = [
    { own: name, resourceArn: balancer.arn },
    ...(ours === undefined ? [] : [{ own: `${name}-zone`, resourceArn: ours.arn }]),
  ];
  const protections = resources.map(({ own, resourceArn }) => new aws.shield.Protection(own, { resourceArn }, opts));

  const [first] = protections;
  const checked = first === undefined ? [] : [healthCheck(site, first, joined)];
  group(site, resources, protections);
  responseTeam(site, logs, [...subscribed, ...protections, ...checked]);
  /** @control edge-shield-automatic-response */
  new aws.shield.ApplicationLayerAutomaticResponse(
    name,
    { resourceArn: balancer.arn, action: "BLOCK" },
    { parent, dependsOn: [...protections, guarded] },
  );
}

/** What protections wait for: our subscription, or nothing where the account has one; undefined where it is refused. */
function subscription(site: Site): readonly pulumi.Resource[] | undefined {
  const { shield } = site.edge;

  switch (shield.advanced) {
    case "undecided":
    case "refused":
      return undefined;
    case "subscribed":
      return [];
    case "subscribe":
      return [
        new aws.shield.Subscription(
          site.name,
          { autoRenew: "ENABLED" },
          { parent: site.parent, protect: isKept(site) },
        ),
      ];
  }
}

/**
 * Tells Shield how the application is: an attack on one that suffers is answered sooner. It follows the gateways' health,
 * since Route 53's own checkers would not pass an edge that only some addresses may reach.
 */
function healthCheck(site: Site, protection: aws.shield.Protection, { balancer, targets }: Joined): pulumi.Resource {
  const { name, blueprint, parent } = site;
  const alarm = new aws.cloudwatch.MetricAlarm(
    `${name}-healthy`,
    {
      alarmDescription: `No gateway of cluster ${blueprint.cluster.name} is healthy behind its load balancer`,
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    },
    { parent },
  );
  const check = new aws.route53.HealthCheck(
    name,
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: blueprint.region,
      insufficientDataHealthStatus: "LastKnownStatus",
    },
    { parent },
  );
  return new aws.shield.ProtectionHealthCheckAssociation(
    name,
    { shieldProtectionId: protection.id, healthCheckArn: check.arn },
    { parent },
  );
}

/** @control edge-shield-grouped */
function group(
  { name, blueprint, parent }: Site,
  resources: readonly { readonly resourceArn: pulumi.Output<string> }[],
  dependsOn: pulumi.Resource[],
): void {
  new aws.shield.ProtectionGroup(
    name,
    {
      // Shield takes at most 36 characters.
      protectionGroupId: bounded(`bulwark-${blueprint.cluster.name}`, 36),
      pattern: "ARBITRARY",
      aggregation: "MAX",
      members: resources.map(({ resourceArn }) => resourceArn),
    },
    { parent, dependsOn },
  );
}
