import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Site } from "./site";

/**
 * Lets the services that write through CloudWatch Logs' delivery write into these groups. AWS would make a policy of this
 * kind by itself, for more than these groups, and leave it behind.
 */
export function delivery(
  { name, blueprint, parent }: Site,
  purpose: string,
  groups: readonly aws.cloudwatch.LogGroup[],
): aws.cloudwatch.LogResourcePolicy {
  const { account, region, cluster } = blueprint;

  return new aws.cloudwatch.LogResourcePolicy(
    `${name}-${purpose}`,
    {
      policyName: `bulwark-${cluster.name}-${purpose}`,
      policyDocument: pulumi
        .all(groups.map(({ arn }) => arn))
        .apply((arns) => JSON.stringify(deliver(arns, account, region))),
    },
    { parent },
  );
}

function deliver(groups: readonly string[], account: string, region: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: groups.map((group) => `${group}:log-stream:*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` },
        },
      },
    ],
  };
}
