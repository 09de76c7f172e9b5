import type { ClusterBlueprint } from "../blueprint/schema";
import { administration, deployers } from "./administration";
import {
  type Admitted,
  byKeyAlone,
  document,
  forAwsResource,
  merge,
  type Owner,
  role,
  serviceLinkedRole,
  type Statement,
  through,
  withIam,
} from "./statement";

/** What EBS needs of a key, as the EC2 Auto Scaling user guide lists it. */
const VOLUME_USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The key that wraps Kubernetes secrets in etcd: only the control plane's role ever encrypts or decrypts with it.
 *
 * @control keys-secrets-least-actions
 */
export function secretsPolicy(blueprint: ClusterBlueprint): string {
  return document(
    administration(blueprint),
    // EKS makes its grant with the credentials of whoever creates the cluster. The usual condition
    // kms:GrantIsForAWSResource makes CreateCluster fail (Amazon EKS user guide, "Creating a cluster"), so the grant is
    // bound to the service, the account and the deployers instead.
    allow("ClusterCreation", ["kms:CreateGrant", "kms:DescribeKey"], {
      ...withIam(blueprint, deployers(blueprint), through(blueprint, "eks")),
    }),
    // AmazonEKSClusterPolicy, the only policy the cluster's role carries, holds no kms:Decrypt: the key must do it alone.
    allow("ControlPlane", ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants"], {
      ...byKeyAlone(blueprint, [clusterRole(blueprint, "cluster")]),
    }),
  );
}

/**
 * The key of node and persistent volumes: for whoever starts instances or makes volumes of this cluster, through EC2.
 */
export function disksPolicy(blueprint: ClusterBlueprint): string {
  const launchers = [
    serviceLinkedRole(blueprint, "autoscaling", "AWSServiceRoleForAutoScaling"),
    serviceLinkedRole(blueprint, "spot", "AWSServiceRoleForEC2Spot"),
  ];
  const controllers = [clusterRole(blueprint, "karpenter"), clusterRole(blueprint, "ebs-csi")];
  const imageBuilder = [serviceLinkedRole(blueprint, "imagebuilder", "AWSServiceRoleForImageBuilder")];

  return document(
    administration(blueprint),
    ...volumes("Launch", blueprint, (conditions) => byKeyAlone(blueprint, launchers, conditions)),
    ...volumes("Controllers", blueprint, (conditions) => withIam(blueprint, controllers, conditions)),
    // Its own policy lets it use a key that admits it, through EC2; without images there is nothing for it to do.
    ...(blueprint.images.length > 0
      ? volumes("Images", blueprint, (conditions) => withIam(blueprint, imageBuilder, conditions))
      : []),
  );
}

/**
 * The default key of a region's volumes: every principal that EC2 admits may use it, through EC2, as with `aws/ebs`.
 */
export function defaultDisksPolicy(owner: Owner): string {
  return document(
    administration(owner),
    ...volumes("Volumes", owner, (Condition) => ({ Principal: { AWS: "*" }, Condition })),
  );
}

/**
 * The key of the log groups: CloudWatch Logs alone, and only for the groups of this cluster, whose ARN it names as
 * encryption context ("Encrypt log data in CloudWatch Logs using AWS Key Management Service").
 *
 * @control logs-key-admits-service
 */
export function logsPolicy(blueprint: ClusterBlueprint): string {
  const { account, region, cluster } = blueprint;
  // AWS WAF prescribes how the names of its groups begin.
  const groups = [`/aws/eks/${cluster.name}/*`, `/bulwark/${cluster.name}/*`, `aws-waf-logs-${cluster.name}`];
  if (blueprint.images.length > 0) groups.push(`/aws/imagebuilder/bulwark-${cluster.name}-*`);

  return document(
    administration(blueprint),
    allow(
      "CloudWatchLogs",
      ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      {
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": groups.map(
              (name) => `arn:aws:logs:${region}:${account}:log-group:${name}`,
            ),
          },
        },
      },
    ),
  );
}

/**
 * The key of AWS Secrets Manager: the cluster's own roles, each still needing an IAM policy that names this key, and
 * only for secrets under the cluster's name, which Secrets Manager gives as encryption context.
 */
export function secretsManagerPolicy(blueprint: ClusterBlueprint): string {
  const { account, region, cluster } = blueprint;
  const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:bulwark/${cluster.name}/*`;

  return document(
    administration(blueprint),
    allow("Secrets", ["kms:Decrypt", "kms:GenerateDataKey"], {
      ...withIam(
        blueprint,
        [clusterRole(blueprint, "*")],
        merge(through(blueprint, "secretsmanager"), { StringLike: { "kms:EncryptionContext:SecretARN": secrets } }),
      ),
    }),
  );
}

/**
 * The key of recovery points: the cluster's backup role, through AWS Backup ("Encryption for backups in AWS Backup").
 */
export function backupsPolicy(blueprint: ClusterBlueprint): string {
  const backup = [clusterRole(blueprint, "backup")];

  return document(
    administration(blueprint),
    allow("Backups", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:RetireGrant"], {
      ...withIam(blueprint, backup, through(blueprint, "backup")),
    }),
    allow("BackupGrants", ["kms:CreateGrant"], {
      ...withIam(blueprint, backup, merge(through(blueprint, "backup"), forAwsResource)),
    }),
  );
}

/** Volumes need two statements: use, and a grant that lives as long as the volume is attached. */
function volumes(sid: string, owner: Owner, admit: (conditions: Statement["Condition"]) => Admitted): Statement[] {
  const ec2 = through(owner, "ec2");
  return [
    allow(`${sid}Use`, VOLUME_USE, admit(ec2)),
    allow(`${sid}Grants`, ["kms:CreateGrant"], admit(merge(ec2, forAwsResource))),
  ];
}

function allow(Sid: string, Action: readonly string[], admitted: Admitted): Statement {
  return { Sid, Effect: "Allow", ...admitted, Action, Resource: "*" };
}

function clusterRole(blueprint: ClusterBlueprint, purpose: string): string {
  return role(blueprint, `bulwark-${blueprint.cluster.name}-${purpose}`);
}
