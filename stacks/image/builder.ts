import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Network } from "../network";
import { boundaryPolicy, buildPolicy } from "./permissions";

/** What every build of the cluster shares: under what it acts, and what it may reach. */
export interface Builder {
  readonly profile: aws.iam.InstanceProfile;
  readonly group: aws.ec2.SecurityGroup;
  /** What must be there before a build can succeed. */
  readonly ready: readonly pulumi.Resource[];
}

/** Makes the role and the security group of the machines that build and test images. */
export function builder(
  name: string,
  blueprint: ClusterBlueprint,
  network: Pick<Network, "vpcId" | "securityGroups">,
  opts: pulumi.CustomResourceOptions,
): Builder {
  const { profile, attached } = identity(name, blueprint, opts);
  const { group, rules } = reach(name, blueprint, network, opts);
  return { profile, group, ready: [...attached, ...rules] };
}

/** @control image-builder-role-confined */
function identity(name: string, blueprint: ClusterBlueprint, opts: pulumi.CustomResourceOptions) {
  const { cluster } = blueprint;
  const own = `bulwark-${cluster.name}-images`;
  const boundary = new aws.iam.Policy(
    `${name}-images-boundary`,
    {
      name: `${own}-boundary`,
      description: `The most that a machine may do which builds node images of EKS cluster ${cluster.name}`,
      policy: boundaryPolicy(blueprint),
    },
    opts,
  );
  const role = new aws.iam.Role(
    `${name}-images`,
    {
      name: own,
      description: `Machines that build node images of EKS cluster ${cluster.name}`,
      assumeRolePolicy: TRUST,
      permissionsBoundary: boundary.arn,
    },
    opts,
  );
  const attached = [
    new aws.iam.RolePolicy(
      `${name}-images`,
      { name: `${name}-images`, role: role.name, policy: buildPolicy(blueprint) },
      opts,
    ),
    // Image Builder sends its commands through Systems Manager.
    new aws.iam.RolePolicyAttachment(
      `${name}-images-AmazonSSMManagedInstanceCore`,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      opts,
    ),
  ];
  return { profile: new aws.iam.InstanceProfile(`${name}-images`, { name: own, role: role.name }, opts), attached };
}

/** EC2 hands the role to an instance of this account and names no source, so there is no condition to set. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Instances", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** Nothing reaches a build; it reaches AWS and, by TLS, the names that DNS Firewall lets it resolve. */
function reach(
  name: string,
  { network: { pods } }: ClusterBlueprint,
  { vpcId, securityGroups }: Pick<Network, "vpcId" | "securityGroups">,
  opts: pulumi.CustomResourceOptions,
) {
  const own = `${name}-images`;
  const tls = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const group = new aws.ec2.SecurityGroup(
    own,
    { vpcId, description: "Machines that build node images", tags: { Name: own } },
    opts,
  );
  const inside = { ...tls, description: "builds of node images call AWS inside the VPC" };
  const outside = { ...tls, description: "builds of node images fetch tools and packages; DNS Firewall narrows it" };
  const { endpoints } = securityGroups;

  const rules = [
    new aws.vpc.SecurityGroupEgressRule(
      `${own}-to-endpoints`,
      { securityGroupId: group.id, referencedSecurityGroupId: endpoints.id, ...inside },
      opts,
    ),
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-endpoints-from-images`,
      { securityGroupId: endpoints.id, referencedSecurityGroupId: group.id, ...inside },
      opts,
    ),
    new aws.vpc.SecurityGroupEgressRule(
      `${own}-to-internet`,
      { securityGroupId: group.id, cidrIpv4: "0.0.0.0/0", ...outside },
      opts,
    ),
    ...(pods === "ipv6"
      ? [
          new aws.vpc.SecurityGroupEgressRule(
            `${own}-to-internet-ipv6`,
            { securityGroupId: group.id, cidrIpv6: "::/0", ...outside },
            opts,
          ),
        ]
      : []),
  ];
  return { group, rules };
}
