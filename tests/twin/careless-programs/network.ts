import * as aws from "@pulumi/aws";

import type { Careless } from "./program";

const vpc = (more: Partial<aws.ec2.VpcArgs> = {}) => new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", ...more });
const subnet = (name: string, { id }: aws.ec2.Vpc, cidrBlock: string, more: Partial<aws.ec2.SubnetArgs> = {}) =>
  new aws.ec2.Subnet(name, { vpcId: id, cidrBlock, availabilityZone: "eu-central-1a", ...more });
const rule = (name: string, group: aws.ec2.SecurityGroup, more: Partial<aws.vpc.SecurityGroupIngressRuleArgs> = {}) =>
  new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.0.0/16",
    ...more,
  });

/** What EC2 refuses. */
export const network: readonly Careless[] = [
  ["a network larger than AWS has", "InvalidVpc.Range", () => vpc({ cidrBlock: "10.0.0.0/8" })],
  [
    "a subnet of a network that does not exist",
    "InvalidVpcID.NotFound",
    () => new aws.ec2.Subnet("main", { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/24" }),
  ],
  ["a subnet outside its network", "InvalidSubnet.Range", () => subnet("a", vpc(), "10.1.0.0/24")],
  ["a subnet with bits behind its prefix", "InvalidSubnet.Range", () => subnet("a", vpc(), "10.0.0.1/24")],
  [
    "two subnets that overlap",
    "InvalidSubnet.Conflict",
    () => {
      const main = vpc();
      const wide = subnet("a", main, "10.0.0.0/20");
      subnet("b", main, "10.0.8.0/24", { tags: { after: wide.id } });
    },
  ],
  [
    "a zone that the region does not have",
    "InvalidParameterValue",
    () => subnet("a", vpc(), "10.0.0.0/24", { availabilityZone: "eu-central-1f" }),
  ],
  [
    "a NAT gateway without a way out",
    "Gateway.NotAttached",
    () => {
      const eip = new aws.ec2.Eip("nat");
      return new aws.ec2.NatGateway("nat", { subnetId: subnet("a", vpc(), "10.0.0.0/24").id, allocationId: eip.id });
    },
  ],
  [
    "a NAT gateway with an address that does not exist",
    "InvalidElasticIpID.NotFound",
    () => new aws.ec2.NatGateway("nat", { subnetId: subnet("a", vpc(), "10.0.0.0/24").id, allocationId: "eipalloc-1" }),
  ],
  [
    "two NAT gateways on one address",
    "Resource.AlreadyAssociated",
    () => {
      const main = vpc();
      const way = new aws.ec2.InternetGateway("main", { vpcId: main.id });
      const { id: allocationId } = new aws.ec2.Eip("nat");
      const home = subnet("a", main, "10.0.0.0/24", { tags: { way: way.id } });
      const first = new aws.ec2.NatGateway("a", { subnetId: home.id, allocationId });
      return new aws.ec2.NatGateway("b", { subnetId: home.id, allocationId, tags: { after: first.id } });
    },
  ],
  [
    "a route to another network's gateway",
    "belong to different networks",
    () => {
      const other = new aws.ec2.Vpc("other", { cidrBlock: "10.9.0.0/16" });
      const gatewayId = new aws.ec2.InternetGateway("other", { vpcId: other.id }).id;
      const routeTableId = new aws.ec2.RouteTable("main", { vpcId: vpc().id }).id;
      return new aws.ec2.Route("out", { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
    },
  ],
  [
    "two routes to one destination",
    "RouteAlreadyExists",
    () => {
      const main = vpc();
      const gatewayId = new aws.ec2.InternetGateway("main", { vpcId: main.id }).id;
      const routeTableId = new aws.ec2.RouteTable("main", { vpcId: main.id }).id;
      const args = { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId };
      const first = new aws.ec2.Route("a", args);
      return new aws.ec2.Route("b", args, { dependsOn: first });
    },
  ],
  [
    "two route tables for one subnet",
    "Resource.AlreadyAssociated",
    () => {
      const main = vpc();
      const subnetId = subnet("a", main, "10.0.0.0/24").id;
      const routeTableId = new aws.ec2.RouteTable("main", { vpcId: main.id }).id;
      const first = new aws.ec2.RouteTableAssociation("a", { subnetId, routeTableId });
      return new aws.ec2.RouteTableAssociation("b", { subnetId, routeTableId }, { dependsOn: first });
    },
  ],
  [
    "two security groups of one name",
    "InvalidGroup.Duplicate",
    () => {
      const vpcId = vpc().id;
      const first = new aws.ec2.SecurityGroup("a", { vpcId, name: "web" });
      return new aws.ec2.SecurityGroup("b", { vpcId, name: "web" }, { dependsOn: first });
    },
  ],
  [
    "the same security-group rule twice",
    "InvalidPermission.Duplicate",
    () => {
      const group = new aws.ec2.SecurityGroup("main", { vpcId: vpc().id });
      return rule("b", group, { description: rule("a", group).id });
    },
  ],
  [
    "a rule with two kinds of peer",
    "InvalidParameterCombination",
    () => rule("a", new aws.ec2.SecurityGroup("main", { vpcId: vpc().id }), { cidrIpv6: "::/0" }),
  ],
  [
    "two access-list entries of one number",
    "NetworkAclEntryAlreadyExists",
    () => {
      const networkAclId = new aws.ec2.NetworkAcl("main", { vpcId: vpc().id }).id;
      const args = { networkAclId, protocol: "-1", ruleAction: "deny", ruleNumber: 1, cidrBlock: "0.0.0.0/0" };
      const first = new aws.ec2.NetworkAclRule("a", args);
      return new aws.ec2.NetworkAclRule("b", { ...args, protocol: "6" }, { dependsOn: first });
    },
  ],
];
