import type { ClusterBlueprint } from "../blueprint/schema";
import { allow, type Permission } from "./permission";

/** What CodeBuild looks at before it puts a build into a network; EC2 offers no resources for it. */
const LOOK = [
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
];

/**
 * The network interface of a build, as the CodeBuild user guide lists it ("Allow CodeBuild access to AWS services
 * required to create a VPC network interface"), narrowed further: AWS's text names every subnet and group. Ids of
 * subnets that this stack makes are unknown beforehand, so there the cluster's tag stands for them.
 */
export function networkStatements({ account, region, cluster, network }: ClusterBlueprint): Permission[] {
  const any = (kind: string, owner = account) => `arn:aws:ec2:${region}:${owner}:${kind}/*`;
  const tagged = { StringEquals: { "aws:ResourceTag/bulwark:cluster": cluster.name } };
  const create = ["ec2:CreateNetworkInterface"];
  const forCodeBuild = { StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" } };
  const existing = network.mode === "existing" ? subnetArns(network.subnets.private, region) : undefined;

  return [
    allow("Look", LOOK, "*"),
    allow("Interface", [...create, "ec2:DeleteNetworkInterface"], any("network-interface")),
    allow("Group", create, any("security-group"), tagged),
    existing ? allow("Subnets", create, existing) : allow("Subnets", create, any("subnet"), tagged),
    allow("HandOver", ["ec2:CreateNetworkInterfacePermission"], any("network-interface"), {
      ...forCodeBuild,
      ...(existing && { ArnLike: { "ec2:Subnet": existing } }),
    }),
  ];
}

/** A subnet may be shared by another account. */
function subnetArns(ids: readonly string[], region: string): string[] {
  return ids.map((id) => `arn:aws:ec2:${region}:*:subnet/${id}`);
}
