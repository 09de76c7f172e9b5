import * as aws from "@pulumi/aws";

import { Account } from "../../twin/account";
import type { ProviderError } from "../../twin/provider-error";
import { run } from "../../twin/mocks";

const vpc = (more: Partial<aws.ec2.VpcArgs> = {}) => new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", ...more });
const subnet = (name: string, { id }: aws.ec2.Vpc, cidrBlock: string, more: Partial<aws.ec2.SubnetArgs> = {}) =>
  new aws.ec2.Subnet(name, { vpcId: id, cidrBlock, availabilityZone: "eu-central-1a", ...more });
/** Arguments as a program without types might write them. */
const untyped = (args: object) => args as never;
const rule = (name: string, group: aws.ec2.SecurityGroup, more: Partial<aws.vpc.SecurityGroupIngressRuleArgs> = {}) =>
  new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.0.0/16",
    ...more,
  });

/** Programs that somebody in a hurry writes, and what the answer must hold: AWS's code, or the provider's words. */
const programs: readonly (readonly [mistake: string, answer: string, program: () => unknown])[] = [
  [
    "a nested input that no such object has",
    "Examine values at 'main.ingress[0].fromPorts'",
    () =>
      new aws.ec2.SecurityGroup("main", {
        vpcId: vpc().id,
        ingress: [untyped({ protocol: "tcp", fromPort: 1, toPort: 1, fromPorts: 2 })],
      }),
  ],
  [
    "a nested input left out",
    'Missing required argument: The argument "ingress[0].to_port"',
    () => new aws.ec2.SecurityGroup("main", { ingress: [untyped({ protocol: "tcp", fromPort: 1 })] }),
  ],
  [
    "a string where a boolean belongs",
    "Incorrect attribute value type: boolean required, got string",
    () => vpc(untyped({ enableDnsSupport: "yes" })),
  ],
  [
    "a type the twin does not know",
    "the twin does not know aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    () => new aws.ec2.VpcPeeringConnection("main", { vpcId: "vpc-1", peerVpcId: "vpc-2" }),
  ],
  [
    "the wrong account",
    "AWS account ID not allowed: 111122223333",
    () => new aws.Provider("aws", { region: "eu-central-1", allowedAccountIds: ["444455556666"] }),
  ],
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
];

it.each(programs)("refuses %s: %s", async (_, answer, program) => {
  await expect(run(program)).rejects.toThrow(answer);
});

it("refuses an input that the SDK's constructor would have demanded", () => {
  const account = Account.open();
  const { failures } = account.check({ urn: "urn:x::main", type: "aws:ec2/subnet:Subnet", name: "main", news: {} });
  expect(failures).toMatchObject([
    { property: "vpcId", reason: expect.stringContaining("Missing required argument") as string },
  ]);
});

it("refuses an input that the SDK's constructor would have dropped in silence", () => {
  const news = { cidrBlock: "10.0.0.0/16", cidr: "10.0.0.0/16" };
  const { failures } = Account.open().check({ urn: "urn:x::main", type: "aws:ec2/vpc:Vpc", name: "main", news });
  expect(failures).toMatchObject([
    { property: "cidr", reason: expect.stringContaining("Unsupported argument") as string },
  ]);
});

it("words an error as the provider does", async () => {
  const error = await run(() => subnet("a", vpc(), "10.1.0.0/24")).catch((thrown: unknown) => thrown as ProviderError);
  expect(error).toMatchObject({
    code: "InvalidSubnet.Range",
    message: expect.stringMatching(
      /^sdk-v2\/provider2\.go:\d+: sdk\.helper_schema: creating EC2 Subnet \(.*\): operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidSubnet\.Range: .*: provider=aws@7\.48\.0$/,
    ) as string,
  });
});
