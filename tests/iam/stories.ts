import type { Context } from "../../twin/iam/context";

const regional = (service: string, rest: string, account = "111122223333") =>
  `arn:aws:${service}:eu-central-1:${account}:${rest}`;
const via = (service: string) => ({ "kms:ViaService": `${service}.eu-central-1.amazonaws.com` });
const forResource = { "kms:GrantIsForAWSResource": "true" };
const group = (name: string, account?: string) => ({
  "kms:EncryptionContext:aws:logs:arn": regional("logs", `log-group:${name}`, account),
});
const tls = { "aws:SecureTransport": "true" };
// EKS Pod Identity tags its sessions; EKS tags the instances of its groups; the driver tags what it makes.
const ofCluster = (name: string) => ({ "aws:PrincipalTag/eks-cluster-name": name });
const volume = regional("ec2", "volume/vol-1");
const from = (arn: string, account = "111122223333") => ({ "aws:SourceArn": arn, "aws:SourceAccount": account });

const AUTO_SCALING = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
const SPOT = "aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot";
const [KARPENTER, CSI] = ["bulwark-production-karpenter", "bulwark-production-ebs-csi"];
const ALARMS = regional("sns", "bulwark-production-alarms");

/** Who does what to which thing, under which circumstances, and whether it goes through. */
export type Row = readonly [who: string, action: string, about: string, context: Context, answer: boolean];

/** What must work, and close beside it what must not. `about` is the end of a key's alias, or an ARN. */
export const stories: Readonly<Record<string, readonly Row[]>> = {
  "EKS wraps secrets": [
    ["platform-admin", "kms:CreateGrant", "secrets", via("eks"), true],
    ["platform-admin", "kms:CreateGrant", "secrets", via("ec2"), false],
    ["platform-admin", "kms:CreateGrant", "secrets", {}, false],
    ["bulwark-production-cluster", "kms:Encrypt", "secrets", {}, true],
    ["bulwark-production-cluster", "kms:Decrypt", "secrets", {}, true],
    ["bulwark-production-cluster", "kms:Decrypt", "disks", via("ec2"), false],
    ["stranger role/bulwark-production-cluster", "kms:Decrypt", "secrets", {}, false],
  ],
  "Auto Scaling starts nodes with encrypted disks": [
    [AUTO_SCALING, "kms:GenerateDataKeyWithoutPlaintext", "disks", via("ec2"), true],
    [AUTO_SCALING, "kms:CreateGrant", "disks", { ...via("ec2"), ...forResource }, true],
    [AUTO_SCALING, "kms:CreateGrant", "disks", via("ec2"), false],
    [AUTO_SCALING, "kms:Decrypt", "disks", {}, false],
    [AUTO_SCALING, "kms:Decrypt", "secrets", via("ec2"), false],
    [SPOT, "kms:Decrypt", "disks", via("ec2"), true],
  ],
  "Karpenter starts nodes with encrypted disks": [
    [KARPENTER, "kms:GenerateDataKeyWithoutPlaintext", "disks", via("ec2"), true],
    [KARPENTER, "kms:ReEncryptFrom", "disks", via("ec2"), true],
    [KARPENTER, "kms:CreateGrant", "disks", { ...via("ec2"), ...forResource }, true],
    [KARPENTER, "kms:CreateGrant", "disks", via("ec2"), false],
    [KARPENTER, "kms:Decrypt", "disks", {}, false],
  ],
  "the CSI driver makes, encrypts and attaches this cluster's volumes": [
    [CSI, "kms:GenerateDataKeyWithoutPlaintext", "disks", via("ec2"), true],
    [CSI, "kms:CreateGrant", "disks", { ...via("ec2"), ...forResource }, true],
    [CSI, "kms:CreateGrant", "disks", via("ec2"), false],
    [CSI, "kms:Decrypt", "disks", {}, false],
    [CSI, "kms:Decrypt", "backups", via("ec2"), false],
    [
      CSI,
      "ec2:CreateVolume",
      volume,
      { ...ofCluster("production"), "aws:RequestTag/ebs.csi.aws.com/cluster-name": "production" },
      true,
    ],
    [
      CSI,
      "ec2:AttachVolume",
      volume,
      { ...ofCluster("production"), "ec2:ResourceTag/ebs.csi.aws.com/cluster-name": "production" },
      true,
    ],
    [
      CSI,
      "ec2:AttachVolume",
      volume,
      { ...ofCluster("production"), "ec2:ResourceTag/ebs.csi.aws.com/cluster-name": "other" },
      false,
    ],
    [
      CSI,
      "ec2:AttachVolume",
      regional("ec2", "instance/i-1"),
      { ...ofCluster("production"), "ec2:ResourceTag/eks:cluster-name": "production" },
      true,
    ],
    [CSI, "ec2:DeleteVolume", volume, { "ec2:ResourceTag/ebs.csi.aws.com/cluster-name": "production" }, false],
    ["stranger role/bulwark-production-ebs-csi", "kms:Decrypt", "disks", via("ec2"), false],
  ],
  "CloudWatch Logs encrypts this cluster's groups": [
    ["service logs.eu-central-1", "kms:GenerateDataKey", "logs", group("/aws/eks/production/cluster"), true],
    ["service logs.eu-central-1", "kms:Decrypt", "logs", group("/bulwark/production/flow-logs"), true],
    ["service logs.eu-central-1", "kms:GenerateDataKey", "logs", group("/aws/eks/other/cluster"), false],
    [
      "service logs.eu-central-1",
      "kms:GenerateDataKey",
      "logs",
      group("/aws/eks/production/cluster", "444455556666"),
      false,
    ],
    ["service logs.eu-central-1", "kms:GenerateDataKey", "logs", {}, false],
    ["service logs.us-east-1", "kms:GenerateDataKey", "logs", group("/aws/eks/production/cluster"), false],
  ],
  "the web ACL's log is delivered and encrypted": [
    [
      "service delivery.logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:aws-waf-logs-production:log-stream:a"),
      from(regional("logs", "*")),
      true,
    ],
    [
      "service delivery.logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:aws-waf-logs-production:log-stream:a"),
      from(regional("logs", "*", "444455556666"), "444455556666"),
      false,
    ],
    [
      "service delivery.logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:aws-waf-logs-other:log-stream:a"),
      from(regional("logs", "*")),
      false,
    ],
    ["service logs.eu-central-1", "kms:GenerateDataKey", "logs", group("aws-waf-logs-production"), true],
    ["service logs.eu-central-1", "kms:GenerateDataKey", "logs", group("aws-waf-logs-other"), false],
  ],
  "flow logs and query logs are written": [
    [
      "bulwark-production-flow-logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:/bulwark/production/flow-logs:log-stream:eni-1"),
      {},
      true,
    ],
    [
      "bulwark-production-flow-logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:/aws/eks/production/cluster:log-stream:a"),
      {},
      false,
    ],
    [
      "service delivery.logs",
      "logs:PutLogEvents",
      regional("logs", "log-group:/bulwark/production/dns-queries:log-stream:a"),
      from(regional("logs", "*")),
      true,
    ],
  ],
  "AWS Backup writes recovery points": [
    ["bulwark-production-backup", "kms:GenerateDataKey", "backups", via("backup"), true],
    ["bulwark-production-backup", "kms:CreateGrant", "backups", { ...via("backup"), ...forResource }, true],
    ["bulwark-production-backup", "kms:Decrypt", "backups", {}, false],
    ["bulwark-production-backup", "kms:Decrypt", "secrets", via("backup"), false],
  ],
  "EventBridge's alarm is published and encrypted": [
    ["bulwark-production-alarm", "sns:Publish", ALARMS, tls, true],
    ["bulwark-production-alarm", "sns:Publish", ALARMS, { "aws:SecureTransport": "false" }, false],
    ["bulwark-production-alarm", "kms:GenerateDataKey", "alarms", via("sns"), true],
    ["bulwark-production-alarm", "kms:Decrypt", "alarms", {}, false],
    ["unrelated", "sns:Publish", ALARMS, tls, false],
    ["stranger role/platform-admin", "sns:Publish", ALARMS, tls, false],
  ],
  "break-glass mends keys and reads nothing": [
    ["bulwark-production-break-glass", "kms:PutKeyPolicy", "disks", {}, true],
    ["bulwark-production-break-glass", "kms:CancelKeyDeletion", "alarms", {}, true],
    ["bulwark-production-break-glass", "kms:Decrypt", "secrets", {}, false],
    ["bulwark-production-break-glass", "kms:CreateGrant", "disks", {}, false],
    [
      "bulwark-production-break-glass",
      "iam:PutRolePolicy",
      "arn:aws:iam::111122223333:role/bulwark-production-break-glass",
      {},
      false,
    ],
  ],
  "nodes find themselves, pull images and hand out pod identities": [
    ["bulwark-production-nodes", "ec2:DescribeInstances", "*", {}, true],
    ["bulwark-production-nodes", "ecr:BatchGetImage", regional("ecr", "repository/a"), {}, true],
    ["bulwark-production-nodes", "eks-auth:AssumeRoleForPodIdentity", regional("eks", "cluster/production"), {}, true],
    ["bulwark-production-nodes", "ec2:AttachNetworkInterface", regional("ec2", "network-interface/eni-1"), {}, false],
    ["bulwark-production-vpc-cni", "ec2:AttachNetworkInterface", regional("ec2", "network-interface/eni-1"), {}, true],
    [
      "bulwark-production-vpc-cni",
      "ec2:AttachNetworkInterface",
      regional("ec2", "network-interface/eni-1", "444455556666"),
      {},
      false,
    ],
  ],
};
