import type { ClusterBlueprint } from "../blueprint/schema";

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a policy of a role for pods. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

/** What the VPC CNI asks EC2 before it gives a pod an address. */
const LOOK = [
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeTags",
];

/** What EBS does with a key on behalf of whoever makes a volume (Amazon EBS user guide, "Requirements for Amazon EBS encryption"). */
const VOLUME_KEY_USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * The VPC CNI's permissions in a cluster of IPv6 pods, for which AWS keeps no managed policy (Amazon EKS user guide,
 * "Create IAM policy for clusters that use the IPv6 family"); AWS's text names every resource, this one the account's
 * network interfaces.
 */
export function ipv6Policy({ account, region }: ClusterBlueprint): string {
  const interfaces = `arn:aws:ec2:${region}:${account}:network-interface/*`;
  return document(
    { Sid: "Look", Effect: "Allow", Action: LOOK, Resource: "*" },
    { Sid: "Addresses", Effect: "Allow", Action: ["ec2:AssignIpv6Addresses"], Resource: interfaces },
    { Sid: "Tags", Effect: "Allow", Action: ["ec2:CreateTags"], Resource: interfaces },
  );
}

/**
 * What the EBS driver may do with the key of the volumes, and only through EC2: use it, and hand it on for a volume
 * that is attached. The key is named by its alias, whose name is known before the key exists, so that a preview can
 * judge the policy; the key's own policy must admit the role as well.
 */
export function volumeKeyPolicy(blueprint: ClusterBlueprint): string {
  return document(...volumeKey(blueprint));
}

/**
 * The most that any add-on's role may ever do: networks and volumes in this region and account, and the key of the
 * volumes. What AWS adds to its managed policies one day stays outside, and so does everything in IAM and EKS.
 */
export function boundaryPolicy(blueprint: ClusterBlueprint): string {
  const { account, region } = blueprint;
  return document(
    { Sid: "Look", Effect: "Allow", Action: ["ec2:Describe*"], Resource: "*" },
    {
      Sid: "Networks",
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:CreateTags",
        "ec2:DeleteNetworkInterface",
        "ec2:DetachNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses",
      ],
      // A subnet may be shared by another account.
      Resource: [`arn:aws:ec2:${region}:${account}:*`, `arn:aws:ec2:${region}:*:subnet/*`],
    },
    {
      Sid: "Volumes",
      Effect: "Allow",
      Action: [
        "ec2:AttachVolume",
        "ec2:CopyVolumes",
        "ec2:CreateSnapshot",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:DeleteSnapshot",
        "ec2:DeleteTags",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:EnableFastSnapshotRestores",
        "ec2:LockSnapshot",
        "ec2:ModifyVolume",
      ],
      // The ARN of a snapshot names no account.
      Resource: [`arn:aws:ec2:${region}:${account}:*`, `arn:aws:ec2:${region}::snapshot/*`],
    },
    ...volumeKey(blueprint),
  );
}

/** Use of the key of the volumes through EC2, for whoever makes volumes; the last statement hands it on for an attached one. */
export function volumeKey({ account, region, cluster }: ClusterBlueprint): readonly Statement[] {
  const Resource = `arn:aws:kms:${region}:${account}:key/*`;
  const Condition: Conditions = {
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/bulwark/${cluster.name}/disks` },
    StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` },
  };
  return [
    { Sid: "VolumeKey", Effect: "Allow", Action: VOLUME_KEY_USE, Resource, Condition },
    {
      Sid: "VolumeKeyGrants",
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource,
      Condition: { ...Condition, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** The policy as IAM takes it. */
export function document(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
