import { Account } from "../../twin/account";
import { Deployed } from "./deployment";

const opened = (caller?: string) => Account.open(undefined, { timeScale: 0, ...(caller !== undefined && { caller }) });
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const VPC = "aws:ec2/vpc:Vpc";

describe("the caller", () => {
  it("is an administrator's session unless somebody else is named", async () => {
    const whoami = (account: Account) => account.invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
    expect(await whoami(opened())).toMatchObject({
      arn: "arn:aws:sts::111122223333:assumed-role/platform-admin/rehearsal",
      userId: expect.stringMatching(/^AROA[0-9A-F]{17}:rehearsal$/) as unknown,
    });
    const arn = "arn:aws:iam::111122223333:user/ada";
    expect(await whoami(opened(arn))).toMatchObject({ arn, userId: expect.stringMatching(/^AIDA/) as unknown });
  });

  it("is refused when it is no caller", () => {
    expect(() => opened("arn:aws:iam::111122223333:role/x")).toThrow("caller must be the ARN of a session");
  });
});

describe("a look-up", () => {
  it("finds an add-on's version, and says so when there is none", async () => {
    const token = "aws:eks/getAddonVersion:getAddonVersion";
    const found = await opened().invoke(token, { addonName: "kube-proxy", kubernetesVersion: "1.35" });
    expect(found).toMatchObject({ id: "kube-proxy", version: expect.stringMatching(/^v1\.35\./) as unknown });
    const missing = opened().invoke(token, { addonName: "none", kubernetesVersion: "1.35" });
    await expect(missing).rejects.toThrow("EKS Add-On version info (none, 1.35): empty result");
  });

  it("finds no cluster where there is none", async () => {
    const missing = opened().invoke("aws:eks/getCluster:getCluster", { name: "production" });
    await expect(missing).rejects.toThrow("reading EKS Cluster (production): couldn't find resource");
  });

  it("finds a key by its alias", async () => {
    const account = opened();
    const key = await Deployed.create(account, "aws:kms/key:Key", {});
    await Deployed.create(account, "aws:kms/alias:Alias", { name: "alias/x", targetKeyId: key.id });
    const { arn } = key.properties;
    expect(await account.invoke("aws:kms/getAlias:getAlias", { name: "alias/x" })).toMatchObject({ targetKeyArn: arn });
    expect(await account.invoke("aws:kms/getKey:getKey", { keyId: "alias/x" })).toMatchObject({
      arn,
      keyState: "Enabled",
    });
    await key.delete();
    expect(await account.invoke("aws:kms/getKey:getKey", { keyId: key.id })).toMatchObject({
      keyState: "PendingDeletion",
    });
  });

  it("finds a role, and says so when there is none", async () => {
    const account = opened();
    const token = "aws:iam/getRole:getRole";
    await expect(account.invoke(token, { name: "x" })).rejects.toThrow("The role with name x cannot be found.");
    await Deployed.create(account, "aws:iam/role:Role", { name: "x", assumeRolePolicy: trust });
    expect(await account.invoke(token, { name: "x" })).toMatchObject({ arn: "arn:aws:iam::111122223333:role/x" });
  });

  it("tells the IPv6 block of a network, and none where there is none", async () => {
    const account = opened();
    const inputs = { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true };
    const six = await Deployed.create(account, VPC, inputs, "six");
    const four = await Deployed.create(account, VPC, { cidrBlock: "10.1.0.0/16" }, "four");
    const get = (id: string) => account.invoke("aws:ec2/getVpc:getVpc", { id });
    expect(await get(six.id)).toMatchObject({
      ipv6CidrBlockAssociations: [{ ipv6CidrBlock: six.properties["ipv6CidrBlock"] }],
    });
    expect(await get(four.id)).toMatchObject({ ipv6CidrBlockAssociations: [], ipv6AssociationId: "" });
  });

  it("finds the main route table of a network", async () => {
    const account = opened();
    const { id: vpcId, properties } = await Deployed.create(account, VPC, { cidrBlock: "10.0.0.0/16" });
    await Deployed.create(account, "aws:ec2/routeTable:RouteTable", { vpcId });
    const filters = [{ name: "association.main", values: ["true"] }];
    const main = await account.invoke("aws:ec2/getRouteTable:getRouteTable", { vpcId, filters });
    expect(main).toMatchObject({ id: properties["mainRouteTableId"], associations: [{ main: true, subnetId: "" }] });
  });

  it("finds an endpoint by network and service", async () => {
    const account = opened();
    const { id: vpcId } = await Deployed.create(account, VPC, { cidrBlock: "10.0.0.0/16" });
    const token = "aws:ec2/getVpcEndpoint:getVpcEndpoint";
    const serviceName = "com.amazonaws.eu-central-1.s3";
    await expect(account.invoke(token, { vpcId, serviceName })).rejects.toThrow("no matching EC2 VPC Endpoint found");
    const { id } = await Deployed.create(account, "aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId, serviceName });
    const found = await account.invoke(token, { vpcId, serviceName });
    expect(found).toMatchObject({ id, state: "available", subnetIds: [], vpcEndpointType: "Gateway" });
  });
});

it("lets a new web ACL take the place of the old one in silence", async () => {
  const account = opened();
  const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "x", sampledRequestsEnabled: false };
  const inputs = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig };
  const acls = [
    await Deployed.create(account, "aws:wafv2/webAcl:WebAcl", inputs, "one"),
    await Deployed.create(account, "aws:wafv2/webAcl:WebAcl", inputs, "two"),
  ];
  const type = "aws:wafv2/webAclAssociation:WebAclAssociation";
  const resourceArn = "arn:aws:apigateway:eu-central-1::/restapis/x/stages/live";
  const made: string[] = [];
  for (const { properties } of acls)
    made.push((await Deployed.create(account, type, { resourceArn, webAclArn: properties["arn"] }, String(made))).id);
  expect(account.leftovers().made.flatMap((one) => (one.type === type ? [one.id] : []))).toEqual([made[1]]);
});
