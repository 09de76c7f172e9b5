import { boundaryPolicy, ipv6Policy, volumeKeyPolicy } from "../../stacks/addons/permissions";
import { disksPolicy } from "../../stacks/keys/policy";
import { permits } from "../iam/permits";
import { role, via } from "../keys/callers";
import { allows } from "../keys/evaluator";
import { clusterBlueprint } from "../layers/blueprints";

const blueprint = clusterBlueprint();

const ec2 = (rest: string) => `arn:aws:ec2:eu-central-1:111122223333:${rest}`;
const [volume, instance, eni] = [ec2("volume/vol-1"), ec2("instance/i-1"), ec2("network-interface/eni-1")];
const snapshot = "arn:aws:ec2:eu-central-1::snapshot/snap-1";

// AWS managed policy reference: AmazonEKS_CNI_Policy (v5) and AmazonEBSCSIDriverEKSClusterScopedPolicy (v1).
const needed: readonly (readonly [string, string])[] = [
  ["ec2:AssignPrivateIpAddresses", eni],
  ["ec2:AttachNetworkInterface", eni],
  ["ec2:AttachNetworkInterface", instance],
  ["ec2:CreateNetworkInterface", eni],
  ["ec2:CreateNetworkInterface", ec2("security-group/sg-1")],
  ["ec2:CreateNetworkInterface", "arn:aws:ec2:eu-central-1:444455556666:subnet/subnet-1"],
  ["ec2:DeleteNetworkInterface", eni],
  ["ec2:DescribeInstances", "*"],
  ["ec2:DescribeTags", "*"],
  ["ec2:DescribeNetworkInterfaces", "*"],
  ["ec2:DescribeInstanceTypes", "*"],
  ["ec2:DescribeSubnets", "*"],
  ["ec2:DetachNetworkInterface", eni],
  ["ec2:ModifyNetworkInterfaceAttribute", eni],
  ["ec2:UnassignPrivateIpAddresses", eni],
  ["ec2:CreateTags", eni],
  ["ec2:AssignIpv6Addresses", eni],
  ["ec2:DescribeAvailabilityZones", "*"],
  ["ec2:DescribeSnapshots", "*"],
  ["ec2:DescribeVolumes", "*"],
  ["ec2:DescribeVolumesModifications", "*"],
  ["ec2:DescribeVolumeStatus", "*"],
  ["ec2:CreateVolume", volume],
  ["ec2:CreateVolume", snapshot],
  ["ec2:CopyVolumes", volume],
  ["ec2:CreateSnapshot", snapshot],
  ["ec2:CreateSnapshot", volume],
  ["ec2:ModifyVolume", volume],
  ["ec2:AttachVolume", volume],
  ["ec2:AttachVolume", instance],
  ["ec2:DetachVolume", instance],
  ["ec2:DeleteVolume", volume],
  ["ec2:EnableFastSnapshotRestores", snapshot],
  ["ec2:DeleteSnapshot", snapshot],
  ["ec2:LockSnapshot", snapshot],
  ["ec2:CreateTags", volume],
  ["ec2:CreateTags", snapshot],
  ["ec2:DeleteTags", volume],
];

const forbidden: readonly (readonly [string, string])[] = [
  ["iam:PassRole", "arn:aws:iam::111122223333:role/x"],
  ["iam:CreateRole", "arn:aws:iam::111122223333:role/x"],
  ["eks:CreateAccessEntry", "arn:aws:eks:eu-central-1:111122223333:cluster/production"],
  ["ec2:RunInstances", instance],
  ["ec2:TerminateInstances", instance],
  ["ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1")],
  ["ec2:ModifySnapshotAttribute", snapshot],
  ["ec2:AttachVolume", "arn:aws:ec2:us-east-1:111122223333:volume/vol-1"],
  ["ec2:DeleteNetworkInterface", "arn:aws:ec2:eu-central-1:444455556666:network-interface/eni-1"],
  ["s3:GetObject", "arn:aws:s3:::x/y"],
];

describe("the boundary of the add-ons' roles", () => {
  it.each(needed)("leaves room for %s on %s, which AWS's policies give", (action, resource) => {
    expect(permits(boundaryPolicy(blueprint), action, resource)).toBe(true);
  });

  it.each(forbidden)("ends before %s on %s", (action, resource) => {
    expect(permits(boundaryPolicy(blueprint), action, resource)).toBe(false);
  });

  it("leaves room for all that our own policies give", () => {
    const { Statement: statements } = JSON.parse(volumeKeyPolicy(blueprint)) as { Statement: unknown[] };
    const outer = JSON.parse(boundaryPolicy(blueprint)) as { Statement: unknown[] };

    expect(outer.Statement).toEqual(expect.arrayContaining(statements));
  });

  it("fits into a managed policy", () => {
    expect(boundaryPolicy(clusterBlueprint({ cluster: { name: "c".repeat(41) } })).length).toBeLessThan(6144);
  });
});

const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const through = (alias: string, service: string) => ({ ...via(service), "kms:ResourceAliases": [alias] });
const disks = "alias/bulwark/production/disks";
const forResource = { "kms:GrantIsForAWSResource": "true" };

describe("the driver of persistent volumes", () => {
  it.each([
    ["uses the key of the volumes through EC2", "kms:GenerateDataKeyWithoutPlaintext", through(disks, "ec2"), true],
    ["copies a volume under it", "kms:ReEncryptFrom", through(disks, "ec2"), true],
    ["hands it on for a volume", "kms:CreateGrant", { ...through(disks, "ec2"), ...forResource }, true],
    ["hands it on for nothing else", "kms:CreateGrant", through(disks, "ec2"), false],
    ["decrypts nothing by itself", "kms:Decrypt", { "kms:ResourceAliases": [disks] }, false],
    ["decrypts nothing through another service", "kms:Decrypt", through(disks, "s3"), false],
    ["uses no other key of the cluster", "kms:Decrypt", through("alias/bulwark/production/secrets", "ec2"), false],
    ["uses no other cluster's key", "kms:Decrypt", through("alias/bulwark/other/disks", "ec2"), false],
    ["administers nothing", "kms:ScheduleKeyDeletion", through(disks, "ec2"), false],
  ] as const)("%s", (_, action, context, allowed) => {
    expect(permits(volumeKeyPolicy(blueprint), action, key, context)).toBe(allowed);
  });

  it.each([
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ])("is admitted by the key's own policy too: %s", (action) => {
    const caller = role("bulwark-production-ebs-csi");

    expect(allows(disksPolicy(blueprint), { caller, action, context: via("ec2") })).toBe(true);
    expect(
      allows(disksPolicy(blueprint), { caller, action: "kms:CreateGrant", context: { ...via("ec2"), ...forResource } }),
    ).toBe(true);
  });
});

describe("the VPC CNI of IPv6 pods", () => {
  it("assigns addresses to the account's interfaces and touches nothing else", () => {
    const policy = ipv6Policy(blueprint);

    expect(permits(policy, "ec2:AssignIpv6Addresses", eni)).toBe(true);
    expect(permits(policy, "ec2:CreateTags", eni)).toBe(true);
    expect(permits(policy, "ec2:DescribeInstances", "*")).toBe(true);
    expect(permits(policy, "ec2:CreateTags", volume)).toBe(false);
    expect(permits(policy, "ec2:DeleteNetworkInterface", eni)).toBe(false);
  });
});
