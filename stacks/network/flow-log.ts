import * as aws from "@pulumi/aws";

import type { Keys } from "../keys";
import type { Place, Site } from "./site";
import { named } from "./site";

/**
 * Records every accepted and refused connection of the VPC, once a minute, into an encrypted log group that is kept.
 * @control network-flow-logs
 * @control network-flow-logs-all
 */
export function flowLogs(site: Site, place: Place, keys: Keys): void {
  const { name, parent } = site;
  const group = logGroup(site, keys, "flow-logs");
  const role = writer(site);

  new aws.ec2.FlowLog(
    name,
    {
      vpcId: place.vpcId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: named(site, name),
    },
    { parent },
  );
}

/** A log group of the network: named beforehand, since roles and key policies name it, encrypted, retained and kept. */
export function logGroup({ name, blueprint, parent }: Site, keys: Keys, purpose: string): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-${purpose}`,
    {
      name: logGroupName(blueprint.cluster.name, purpose),
      retentionInDays: blueprint.logs.retentionDays,
      kmsKeyId: keys.logs.arn,
    },
    { parent, protect: blueprint.teardown === undefined },
  );
}

/** `/bulwark/<cluster>/<purpose>`. */
function logGroupName(cluster: string, purpose: string): string {
  return `/bulwark/${cluster}/${purpose}`;
}

function writer({ name, blueprint, parent }: Site): aws.iam.Role {
  const { account, region, cluster } = blueprint;
  const role = new aws.iam.Role(
    `${name}-flow-logs`,
    {
      name: `bulwark-${cluster.name}-flow-logs`,
      description: `Writes the flow logs of cluster ${cluster.name}`,
      assumeRolePolicy: JSON.stringify(trust(account, region)),
    },
    { parent },
  );

  const group = `arn:aws:logs:${region}:${account}:log-group:${logGroupName(cluster.name, "flow-logs")}`;
  new aws.iam.RolePolicy(
    `${name}-flow-logs`,
    { name: `${name}-flow-logs`, role: role.name, policy: JSON.stringify(writes(group, account, region)) },
    { parent },
  );
  return role;
}

// Without the conditions, any account could make the service write with this role.
function trust(account: string, region: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      },
    ],
  };
}

function writes(group: string, account: string, region: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      // The service looks for its group among all of the region before it writes.
      {
        Effect: "Allow",
        Action: "logs:DescribeLogGroups",
        Resource: `arn:aws:logs:${region}:${account}:log-group:*`,
      },
    ],
  };
}
