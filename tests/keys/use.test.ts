import {
  backupsPolicy,
  defaultDisksPolicy,
  disksPolicy,
  logsPolicy,
  secretsManagerPolicy,
  secretsPolicy,
} from "../../stacks/keys/policy";
import { bucketKeyPolicy, secretsProviderPolicy } from "../../stacks/state/policy";
import type { Caller } from "../../twin/iam/caller";
import type { Context } from "../../twin/iam/context";
import { accountBlueprint, clusterBlueprint, stateBlueprint } from "../layers/blueprints";
import { administrator, autoScaling, controlPlane, developer, linked, role, via, withoutIam } from "./callers";
import { allows } from "./evaluator";

const cluster = clusterBlueprint();
const bucket = "bulwark-state-111122223333-eu-central-1";
const policies = {
  secrets: secretsPolicy(cluster),
  disks: disksPolicy(cluster),
  logs: logsPolicy(cluster),
  secretsManager: secretsManagerPolicy(cluster),
  backups: backupsPolicy(cluster),
  defaultDisks: defaultDisksPolicy(accountBlueprint()),
  stateBucket: bucketKeyPolicy(stateBlueprint(), bucket),
  secretsProvider: secretsProviderPolicy(stateBlueprint()),
};

const forResource = { "kms:GrantIsForAWSResource": "true" };
const logs: Caller = { service: "logs.eu-central-1.amazonaws.com" };
const group = (name: string) => ({
  "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:111122223333:log-group:${name}`,
});
const secret = (name: string) => ({
  ...via("secretsmanager"),
  "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`,
});
const object = (arn: string) => ({ ...via("s3"), "kms:EncryptionContext:aws:s3:arn": arn });
const karpenter = role("bulwark-production-karpenter");
const backup = role("bulwark-production-backup");
const reader = role("bulwark-production-orders");

type Row = readonly [keyof typeof policies, string, Caller, string, Context, boolean];

const rows: readonly Row[] = [
  ["secrets", "the control plane decrypts", controlPlane, "kms:Decrypt", {}, true],
  ["secrets", "the control plane encrypts", controlPlane, "kms:Encrypt", {}, true],
  ["secrets", "the control plane hands out no grant", controlPlane, "kms:CreateGrant", via("eks"), false],
  [
    "secrets",
    "another cluster's control plane decrypts nothing",
    role("bulwark-other-cluster"),
    "kms:Decrypt",
    {},
    false,
  ],
  // EKS refuses to create a cluster under the condition kms:GrantIsForAWSResource, so the grant must do without.
  ["secrets", "EKS makes its grant for the deployer", administrator, "kms:CreateGrant", via("eks"), true],
  ["secrets", "no other service makes a grant for the deployer", administrator, "kms:CreateGrant", via("ec2"), false],
  ["secrets", "EKS in another region makes no grant", administrator, "kms:CreateGrant", via("eks", "us-east-1"), false],
  ["secrets", "EKS makes no grant for a developer", developer, "kms:CreateGrant", via("eks"), false],

  [
    "disks",
    "Auto Scaling uses volumes through EC2",
    autoScaling,
    "kms:GenerateDataKeyWithoutPlaintext",
    via("ec2"),
    true,
  ],
  ["disks", "Auto Scaling decrypts nothing by itself", autoScaling, "kms:Decrypt", {}, false],
  ["disks", "Auto Scaling attaches volumes", autoScaling, "kms:CreateGrant", { ...via("ec2"), ...forResource }, true],
  ["disks", "Auto Scaling grants nothing else", autoScaling, "kms:CreateGrant", via("ec2"), false],
  ["disks", "Spot starts instances", linked("spot", "AWSServiceRoleForEC2Spot"), "kms:Decrypt", via("ec2"), true],
  ["disks", "Karpenter starts instances", karpenter, "kms:CreateGrant", { ...via("ec2"), ...forResource }, true],
  ["disks", "Karpenter decrypts nothing by itself", karpenter, "kms:Decrypt", {}, false],
  ["disks", "the CSI driver makes volumes", role("bulwark-production-ebs-csi"), "kms:ReEncryptTo", via("ec2"), true],
  [
    "disks",
    "another service-linked role gets nothing",
    linked("rds", "AWSServiceRoleForRDS"),
    "kms:Decrypt",
    via("ec2"),
    false,
  ],
  [
    "disks",
    "another cluster's Karpenter gets nothing",
    role("bulwark-other-karpenter"),
    "kms:Decrypt",
    via("ec2"),
    false,
  ],

  [
    "logs",
    "CloudWatch Logs writes this cluster's control-plane log",
    logs,
    "kms:GenerateDataKey",
    group("/aws/eks/production/cluster"),
    true,
  ],
  [
    "logs",
    "CloudWatch Logs reads this cluster's flow log",
    logs,
    "kms:Decrypt",
    group("/bulwark/production/flow-logs"),
    true,
  ],
  [
    "logs",
    "CloudWatch Logs writes this cluster's web ACL log",
    logs,
    "kms:GenerateDataKey",
    group("aws-waf-logs-production"),
    true,
  ],
  [
    "logs",
    "CloudWatch Logs gets nothing for the web ACL log of a cluster whose name begins alike",
    logs,
    "kms:GenerateDataKey",
    group("aws-waf-logs-production-2"),
    false,
  ],
  [
    "logs",
    "CloudWatch Logs gets nothing for another cluster",
    logs,
    "kms:Decrypt",
    group("/aws/eks/other/cluster"),
    false,
  ],
  ["logs", "CloudWatch Logs gets nothing without saying for which group", logs, "kms:Decrypt", {}, false],
  [
    "logs",
    "CloudWatch Logs of another region gets nothing",
    { service: "logs.us-east-1.amazonaws.com" },
    "kms:Decrypt",
    group("/aws/eks/production/cluster"),
    false,
  ],
  [
    "logs",
    "another service gets nothing",
    { service: "s3.amazonaws.com" },
    "kms:Decrypt",
    group("/aws/eks/production/cluster"),
    false,
  ],

  [
    "secretsManager",
    "a role of the cluster reads a secret of the cluster",
    reader,
    "kms:Decrypt",
    secret("bulwark/production/orders-AbCdEf"),
    true,
  ],
  [
    "secretsManager",
    "a role that IAM does not admit reads nothing",
    withoutIam(reader),
    "kms:Decrypt",
    secret("bulwark/production/orders-AbCdEf"),
    false,
  ],
  [
    "secretsManager",
    "it reads no secret of another cluster",
    reader,
    "kms:Decrypt",
    secret("bulwark/other/orders-AbCdEf"),
    false,
  ],
  ["secretsManager", "it decrypts nothing by itself", reader, "kms:Decrypt", {}, false],
  [
    "secretsManager",
    "an administrator reads no secret",
    administrator,
    "kms:Decrypt",
    secret("bulwark/production/orders-AbCdEf"),
    false,
  ],

  ["backups", "the backup role writes recovery points", backup, "kms:GenerateDataKey", via("backup"), true],
  ["backups", "the backup role decrypts nothing by itself", backup, "kms:Decrypt", {}, false],
  ["backups", "AWS Backup makes its grant", backup, "kms:CreateGrant", { ...via("backup"), ...forResource }, true],
  ["backups", "no other role reads recovery points", reader, "kms:Decrypt", via("backup"), false],

  [
    "defaultDisks",
    "whoever EC2 admits uses the default key",
    withoutIam(developer),
    "kms:GenerateDataKeyWithoutPlaintext",
    via("ec2"),
    true,
  ],
  ["defaultDisks", "nobody uses it but through EC2", developer, "kms:Decrypt", {}, false],
  [
    "defaultDisks",
    "EC2 attaches volumes under it",
    developer,
    "kms:CreateGrant",
    { ...via("ec2"), ...forResource },
    true,
  ],
  ["defaultDisks", "EC2 hands out no other grant", developer, "kms:CreateGrant", via("ec2"), false],

  [
    "stateBucket",
    "a deployer reads the state through S3",
    administrator,
    "kms:Decrypt",
    object(`arn:aws:s3:::${bucket}`),
    true,
  ],
  [
    "stateBucket",
    "a deployer reads no other bucket with it",
    administrator,
    "kms:Decrypt",
    object("arn:aws:s3:::other"),
    false,
  ],
  ["stateBucket", "a deployer decrypts nothing by themself", administrator, "kms:Decrypt", {}, false],
  ["stateBucket", "a developer reads no state", developer, "kms:Decrypt", object(`arn:aws:s3:::${bucket}`), false],
  ["secretsProvider", "a deployer decrypts secret outputs", administrator, "kms:Decrypt", {}, true],
  ["secretsProvider", "a developer decrypts no secret output", developer, "kms:Decrypt", {}, false],
  ["secretsProvider", "nobody hands out grants", administrator, "kms:CreateGrant", {}, false],
];

describe("who can use which key", () => {
  it.each(rows)("%s: %s", (key, _, caller, action, context, answer) => {
    expect(allows(policies[key], { caller, action, context })).toBe(answer);
  });
});
