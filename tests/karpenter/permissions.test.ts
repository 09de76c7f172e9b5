import { controllerBoundary, controllerPolicy } from "../../stacks/karpenter/permissions";
import { permits } from "../iam/permits";
import { via } from "../keys/callers";
import type { Context } from "../../twin/iam/context";
import { clusterBlueprint } from "../layers/blueprints";

const blueprint = clusterBlueprint({ karpenter: { reason: "campaigns fill the shop within minutes" } });
const longest = clusterBlueprint({ cluster: { name: "c".repeat(41) } });
const policy = controllerPolicy(blueprint);
const boundary = controllerBoundary(blueprint);

const ec2 = (rest: string, account = "111122223333") => `arn:aws:ec2:eu-central-1:${account}:${rest}`;
const [instance, template, subnet, group] = [
  ec2("instance/i-1"),
  ec2("launch-template/lt-1"),
  ec2("subnet/subnet-1"),
  ec2("security-group/sg-1"),
];
const nodeRole = "arn:aws:iam::111122223333:role/bulwark-production-karpenter-node";
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";

const tags = (of: "Request" | "Resource", cluster = "production") => ({
  [`aws:${of}Tag/kubernetes.io/cluster/${cluster}`]: "owned",
  [`aws:${of}Tag/karpenter.sh/nodepool`]: "general",
});
const asked = { ...tags("Request"), "aws:RequestTag/eks:eks-cluster-name": "production" };
const discovered = { "aws:ResourceTag/karpenter.sh/discovery": "production" };
const disks = { ...via("ec2"), "kms:ResourceAliases": ["alias/bulwark/production/disks"] };
const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
const here = { "aws:RequestedRegion": "eu-central-1" };
const cluster = "arn:aws:eks:eu-central-1:111122223333:cluster/production";

const can: readonly (readonly [string, string, string, Context])[] = [
  ["starts an instance that carries its tags", "ec2:RunInstances", instance, asked],
  ["starts a fleet that carries them", "ec2:CreateFleet", ec2("fleet/f-1"), asked],
  ["encrypted volumes with it", "ec2:RunInstances", ec2("volume/vol-1"), asked],
  ["in its subnets", "ec2:RunInstances", subnet, discovered],
  ["in a subnet that another account shares", "ec2:RunInstances", ec2("subnet/subnet-2", "444455556666"), discovered],
  ["tries a fleet in subnets that do not exist, and so carry no tag", "ec2:CreateFleet", ec2("subnet/subnet-none"), {}],
  ["with its security group", "ec2:RunInstances", group, discovered],
  ["from an image of AWS", "ec2:RunInstances", ec2("image/ami-1", ""), {}],
  ["from a template that it made", "ec2:CreateFleet", template, tags("Resource")],
  ["makes a template", "ec2:CreateLaunchTemplate", template, asked],
  ["tags what it is making", "ec2:CreateTags", instance, { ...asked, "ec2:CreateAction": "CreateFleet" }],
  ["names its instance", "ec2:CreateTags", instance, { ...tags("Resource"), "aws:TagKeys": ["Name"] }],
  ["ends its instance", "ec2:TerminateInstances", instance, tags("Resource")],
  ["deletes its template", "ec2:DeleteLaunchTemplate", template, tags("Resource")],
  ["looks around in its region", "ec2:DescribeInstanceTypes", "*", here],
  [
    "asks which image is the newest",
    "ssm:GetParameter",
    "arn:aws:ssm:eu-central-1::parameter/aws/service/bottlerocket/x",
    {},
  ],
  ["asks for prices", "pricing:GetProducts", "*", {}],
  [
    "reads its warnings",
    "sqs:ReceiveMessage",
    "arn:aws:sqs:eu-central-1:111122223333:bulwark-production-karpenter",
    {},
  ],
  ["lends instances the nodes' role", "iam:PassRole", nodeRole, toEc2],
  ["finds its cluster", "eks:DescribeCluster", cluster, {}],
  ["asks which zone is avoided", "arc-zonal-shift:GetManagedResource", "*", { "aws:ResourceIdentifier": cluster }],
  ["uses the key of the volumes through EC2", "kms:GenerateDataKeyWithoutPlaintext", key, disks],
  ["hands that key on for a volume", "kms:CreateGrant", key, { ...disks, "kms:GrantIsForAWSResource": "true" }],
];

const cannot: readonly (readonly [string, string, string, Context])[] = [
  ["starts an instance without tags", "ec2:RunInstances", instance, {}],
  ["starts an instance because its tag says discovery", "ec2:RunInstances", instance, discovered],
  ["starts an instance of another cluster", "ec2:RunInstances", instance, tags("Request", "staging")],
  ["starts one in a public subnet", "ec2:RunInstances", subnet, {}],
  [
    "starts one for another cluster's network",
    "ec2:RunInstances",
    subnet,
    { "aws:ResourceTag/karpenter.sh/discovery": "staging" },
  ],
  ["starts one with the control plane's security group", "ec2:RunInstances", group, {}],
  ["starts one from somebody else's template", "ec2:RunInstances", template, {}],
  ["starts one in another region", "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1", asked],
  ["claims an instance by tagging it", "ec2:CreateTags", instance, asked],
  [
    "changes what its instance belongs to",
    "ec2:CreateTags",
    instance,
    { ...tags("Resource"), "aws:TagKeys": ["karpenter.sh/nodepool"] },
  ],
  [
    "ends a node of a managed group",
    "ec2:TerminateInstances",
    instance,
    { "aws:ResourceTag/kubernetes.io/cluster/production": "owned" },
  ],
  ["ends a node of another cluster", "ec2:TerminateInstances", instance, tags("Resource", "staging")],
  [
    "passes the controller's own role",
    "iam:PassRole",
    "arn:aws:iam::111122223333:role/bulwark-production-karpenter",
    toEc2,
  ],
  [
    "passes the nodes' role to another service",
    "iam:PassRole",
    nodeRole,
    { "iam:PassedToService": "lambda.amazonaws.com" },
  ],
  ["makes an instance profile", "iam:CreateInstanceProfile", "arn:aws:iam::111122223333:instance-profile/x", asked],
  [
    "puts a role into a profile",
    "iam:AddRoleToInstanceProfile",
    "arn:aws:iam::111122223333:instance-profile/x",
    tags("Resource"),
  ],
  ["reads another queue", "sqs:ReceiveMessage", "arn:aws:sqs:eu-central-1:111122223333:orders", {}],
  [
    "writes warnings itself",
    "sqs:SendMessage",
    "arn:aws:sqs:eu-central-1:111122223333:bulwark-production-karpenter",
    {},
  ],
  ["reads a parameter of ours", "ssm:GetParameter", "arn:aws:ssm:eu-central-1:111122223333:parameter/orders", {}],
  ["decrypts by itself", "kms:Decrypt", key, { "kms:ResourceAliases": ["alias/bulwark/production/disks"] }],
  ["opens a security group", "ec2:AuthorizeSecurityGroupIngress", group, tags("Resource")],
];

describe("Karpenter's controller", () => {
  it.each(can)("%s", (_, action, resource, context) => {
    expect(permits(policy, action, resource, context)).toBe(true);
  });

  it.each(cannot)("never %s", (_, action, resource, context) => {
    expect(permits(policy, action, resource, context)).toBe(false);
  });
});

describe("its boundary", () => {
  it.each(can)("leaves room for it: %s", (_, action, resource, context) => {
    expect(permits(boundary, action, resource, context)).toBe(true);
  });

  it.each([
    ["iam:CreateInstanceProfile", "arn:aws:iam::111122223333:instance-profile/x"],
    ["iam:PassRole", "arn:aws:iam::111122223333:role/admin"],
    ["ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1"],
    ["ec2:AuthorizeSecurityGroupIngress", group],
    ["eks:CreateAccessEntry", cluster],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:bulwark/production/x"],
  ])("ends before %s on %s", (action, resource) => {
    expect(permits(boundary, action, resource, { ...asked, ...toEc2 })).toBe(false);
  });

  it("fits, with the policy, into what IAM takes, whatever the cluster's name", () => {
    expect(controllerBoundary(longest).length).toBeLessThan(6144);
    expect(controllerPolicy(longest).length).toBeLessThan(10240);
  });
});
