import { document, type Statement } from "../addons/permissions";
import type { ClusterBlueprint } from "../blueprint/schema";

/**
 * What the load balancer controller asks before it binds a target (its `targetgroupbinding` package): whether the address
 * is inside the VPC, and which security groups it once wrote rules into.
 */
const LOOK = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
];

/**
 * The load balancer controller adds and removes pods of this cluster's target groups and does nothing else: what leads in
 * from outside is made by this program, where a preview sees it. The groups are named by the tag that everything of
 * this stack carries, since the end of an ARN is known only once the group exists; the controller may set no tags.
 *
 * @control controllers-open-nothing
 * @control controllers-targets-named
 */
export function bindingPolicy(blueprint: ClusterBlueprint): string {
  return document(...binding(blueprint));
}

/**
 * External Secrets reads secrets under the cluster's own name, and the key behind them through Secrets Manager alone. It
 * lists nothing, writes nothing and assumes no other role.
 *
 * @control controllers-secrets-named
 */
export function secretsPolicy(blueprint: ClusterBlueprint): string {
  return document(...secrets(blueprint));
}

/** The most that the role of any controller may ever do: bind targets of this cluster and read its secrets. */
export function boundaryPolicy(blueprint: ClusterBlueprint): string {
  return document(...binding(blueprint), ...secrets(blueprint));
}

function binding({ account, region, cluster }: ClusterBlueprint): readonly Statement[] {
  return [
    { Sid: "Look", Effect: "Allow", Action: LOOK, Resource: "*" },
    {
      Sid: "Targets",
      Effect: "Allow",
      Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      Resource: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/*`,
      Condition: { StringEquals: { "aws:ResourceTag/bulwark:cluster": cluster.name } },
    },
  ];
}

function secrets({ account, region, cluster }: ClusterBlueprint): readonly Statement[] {
  const named = `arn:aws:secretsmanager:${region}:${account}:secret:bulwark/${cluster.name}/*`;
  return [
    {
      Sid: "Secrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: named,
    },
    {
      Sid: "SecretsKey",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: `arn:aws:kms:${region}:${account}:key/*`,
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/bulwark/${cluster.name}/secrets-manager` },
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:SecretARN": named },
      },
    },
  ];
}
