import type { ClusterBlueprint } from "../blueprint/schema";
import { buildBuckets } from "./source";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/**
 * What a build does besides being commanded by Systems Manager: it fetches our components and AWS's tools, and writes its
 * log. AWS's own `EC2InstanceProfileForImageBuilder` names every component, every log group and every key instead.
 */
export function buildPolicy(blueprint: ClusterBlueprint): string {
  return document(...build(blueprint));
}

/**
 * The most that a build may ever do. `AmazonSSMManagedInstanceCore`, which commands need, would also let it read every
 * parameter of the account; here it answers commands and reports on itself.
 */
export function boundaryPolicy(blueprint: ClusterBlueprint): string {
  const { account, region } = blueprint;
  return document(
    ...build(blueprint),
    {
      Sid: "Agent",
      Effect: "Allow",
      Action: [
        "ssm:DescribeAssociation",
        "ssm:DescribeDocument",
        "ssm:GetDocument",
        "ssm:ListAssociations",
        "ssm:ListInstanceAssociations",
        "ssm:PutInventory",
        "ssm:UpdateAssociationStatus",
        "ssm:UpdateInstanceAssociationStatus",
        "ssm:UpdateInstanceInformation",
      ],
      Resource: [
        `arn:aws:ec2:${region}:${account}:instance/*`,
        `arn:aws:ssm:${region}:${account}:association/*`,
        // Documents of AWS carry no account of ours.
        `arn:aws:ssm:${region}:*:document/*`,
      ],
    },
    {
      // Neither service knows resources (Service Authorization Reference).
      Sid: "Channels",
      Effect: "Allow",
      Action: [
        "ec2messages:AcknowledgeMessage",
        "ec2messages:DeleteMessage",
        "ec2messages:FailMessage",
        "ec2messages:GetEndpoint",
        "ec2messages:GetMessages",
        "ec2messages:SendReply",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
  );
}

function build(blueprint: ClusterBlueprint): readonly Statement[] {
  const { account, region, cluster } = blueprint;
  const own = `bulwark-${cluster.name}-*`;
  return [
    {
      Sid: "Components",
      Effect: "Allow",
      Action: ["imagebuilder:GetComponent"],
      Resource: `arn:aws:imagebuilder:${region}:${account}:component/${own.toLowerCase()}`,
    },
    {
      Sid: "Tools",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: buildBuckets(blueprint).map((bucket) => `arn:aws:s3:::${bucket}/*`),
    },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/imagebuilder/${own}:*`,
    },
  ];
}

function document(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
