import * as aws from "@pulumi/aws";

import { type Careless, deleting } from "./program";

const vpc = (more: Partial<aws.ec2.VpcArgs> = {}) => new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", ...more });
const subnet = (name: string, { id }: aws.ec2.Vpc, cidrBlock: string, more: Partial<aws.ec2.SubnetArgs> = {}) =>
  new aws.ec2.Subnet(name, { vpcId: id, cidrBlock, availabilityZone: "eu-central-1a", ...more });
/** What EC2 refuses of endpoints and logs, and deletions in the wrong order. */
export const endpoint: readonly Careless[] = [
  [
    "private DNS in a network without DNS names",
    "Enabling private DNS requires both",
    () =>
      new aws.ec2.VpcEndpoint("logs", {
        vpcId: vpc().id,
        serviceName: "com.amazonaws.eu-central-1.logs",
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
      }),
  ],
  [
    "an endpoint of a service that AWS does not have",
    "InvalidServiceName",
    () => new aws.ec2.VpcEndpoint("x", { vpcId: vpc().id, serviceName: "com.amazonaws.eu-central-1.nothing" }),
  ],
  [
    "a flow log whose role the service may not assume",
    "Unable to assume given IAM role",
    () =>
      new aws.ec2.FlowLog("main", {
        vpcId: vpc().id,
        trafficType: "ALL",
        iamRoleArn: "arn:aws:iam::111122223333:role/nobody",
      }),
  ],
  [
    "DNS Firewall with a list that does not exist",
    "ResourceNotFoundException",
    () =>
      new aws.route53.ResolverFirewallRule("main", {
        firewallRuleGroupId: new aws.route53.ResolverFirewallRuleGroup("main").id,
        firewallDomainListId: "rslvr-fdl-1",
        action: "ALLOW",
        priority: 1,
      }),
  ],
  [
    "an address released while a gateway uses it",
    "AuthFailure",
    () => {
      const main = vpc();
      const way = new aws.ec2.InternetGateway("main", { vpcId: main.id });
      const home = subnet("a", main, "10.0.0.0/24", { tags: { way: way.id } });
      new aws.ec2.NatGateway("main", { subnetId: home.id, allocationId: new aws.ec2.Eip("main").id });
    },
    deleting("aws:ec2/eip:Eip"),
  ],
  [
    "a network deleted before its subnets",
    "The vpc 'vpc-",
    () => subnet("a", vpc(), "10.0.0.0/24"),
    deleting("aws:ec2/vpc:Vpc"),
  ],
  [
    "a security group deleted while another one's rule names it",
    "has a dependent object",
    () => {
      const vpcId = vpc().id;
      const other = new aws.ec2.SecurityGroup("other", { vpcId });
      const group = new aws.ec2.SecurityGroup("main", { vpcId });
      new aws.vpc.SecurityGroupIngressRule("main", {
        securityGroupId: other.id,
        ipProtocol: "-1",
        referencedSecurityGroupId: group.id,
      });
    },
    deleting("aws:ec2/securityGroup:SecurityGroup"),
  ],
];
