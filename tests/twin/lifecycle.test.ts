import { Account } from "../../twin/account";
import { catalogue } from "../../twin/catalogue";
import { schema } from "../../twin/schema";
import { UNKNOWN } from "../../twin/wire";
import { Deployed } from "./deployment";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const NAT = "aws:ec2/natGateway:NatGateway";

const opened = () => Account.open(undefined, { timeScale: 0 });
const vpcIn = (account: Account, more = {}) => Deployed.create(account, VPC, { cidrBlock: "10.0.0.0/16", ...more });
const subnetIn = (account: Account, { id }: Deployed) =>
  Deployed.create(account, SUBNET, { vpcId: id, cidrBlock: "10.0.0.0/24" });

/** A network with a NAT gateway, part by part. */
async function networkIn(account: Account): Promise<Record<"vpc" | "subnet" | "igw" | "eip" | "nat", Deployed>> {
  const vpc = await vpcIn(account);
  const subnet = await subnetIn(account, vpc);
  const igw = await Deployed.create(account, "aws:ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
  const eip = await Deployed.create(account, "aws:ec2/eip:Eip", {});
  const nat = await Deployed.create(account, NAT, { subnetId: subnet.id, allocationId: eip.id });
  return { vpc, subnet, igw, eip, nat };
}

describe("an update that is only previewed", () => {
  const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

  it("foresees a new version of a launch template, so that its users are in the plan as well", async () => {
    const template = await Deployed.create(opened(), TEMPLATE, { name: "nodes", userData: "YQ==" });

    expect(template.properties["latestVersion"]).toBe(1);
    const changed = await template.update({ name: "nodes", userData: "Yg==" }, true);
    expect(changed["latestVersion"]).toBe(UNKNOWN);
    const described = await template.update({ name: "nodes", userData: "YQ==", description: "nodes" }, true);
    expect(described["latestVersion"]).toBe(1);
  });
});

describe("a diff", () => {
  it("finds nothing when nothing has changed", async () => {
    const vpc = await vpcIn(opened());
    expect(vpc.diff({ cidrBlock: "10.0.0.0/16" })).toMatchObject({ changes: false, diffs: [], replaces: [] });
  });

  it("replaces a network whose block changes, and only updates its DNS flags", async () => {
    const vpc = await vpcIn(opened());
    expect(vpc.diff({ cidrBlock: "10.1.0.0/16", enableDnsHostnames: true })).toMatchObject({
      diffs: ["cidrBlock", "enableDnsHostnames"],
      replaces: ["cidrBlock"],
      detailed: { cidrBlock: "update-replace", enableDnsHostnames: "add" },
    });
  });

  it("replaces a rule whose kind of peer changes, but not one whose peer does", async () => {
    const account = opened();
    const group = await Deployed.create(account, GROUP, { vpcId: (await vpcIn(account)).id });
    const base = { securityGroupId: group.id, ipProtocol: "-1" };
    const rule = await Deployed.create(account, RULE, { ...base, cidrIpv4: "10.0.0.0/16" });
    expect(rule.diff({ ...base, cidrIpv4: "10.0.0.0/20" }).replaces).toEqual([]);
    expect(rule.diff({ ...base, cidrIpv6: "fd00::/64" }).replaces).toEqual(["cidrIpv4", "cidrIpv6"]);
  });

  it("leaves alone what is to be ignored", async () => {
    const vpc = await vpcIn(opened(), { tags: { owner: "a", team: "x" } });
    const news = { cidrBlock: "10.0.0.0/16", tags: { owner: "b", team: "x" } };
    expect(vpc.diff(news).changes).toBe(true);
    expect(vpc.diff(news, ["tags.owner"]).changes).toBe(false);
    expect(vpc.diff(news, ["tags"]).changes).toBe(false);
  });

  it("sees that the provider's default tags or its region changed", async () => {
    const account = opened();
    const vpc = await vpcIn(account);
    const tagged = account.configure({ defaultTags: { tags: { owner: "platform" } } });
    expect(vpc.diff({ cidrBlock: "10.0.0.0/16" }, [], tagged)).toMatchObject({ diffs: ["tagsAll"], replaces: [] });
    const moved = account.configure({ region: "eu-west-1" });
    expect(vpc.diff({ cidrBlock: "10.0.0.0/16" }, [], moved).replaces).toEqual(["region"]);
  });

  it.each(catalogue.map(({ token, replaces }) => [token, replaces] as const))(
    "of %s names only inputs that it has",
    (token, replaces) => {
      const known = Object.keys(schema.resources[token]?.inputs ?? {});
      const named = replaces === "all" ? [] : replaces.map((path) => /^\w+/.exec(path)?.[0] ?? "");
      expect(named.filter((name) => !known.includes(name))).toEqual([]);
    },
  );
});

describe("a name", () => {
  it("is made from the logical name and seven digits, and stays", async () => {
    const account = opened();
    const group = await Deployed.create(account, GROUP, { vpcId: (await vpcIn(account)).id }, "web");
    expect(group.properties["name"]).toMatch(/^web-[0-9a-f]{7}$/);
    expect(group.diff({ vpcId: group.properties["vpcId"] }).changes).toBe(false);
  });
});

describe("a deletion in the wrong order", () => {
  it.each([
    ["vpc", "DependencyViolation"],
    ["subnet", "DependencyViolation"],
    ["igw", "DependencyViolation"],
    ["eip", "AuthFailure"],
  ] as const)("of the %s is refused with %s", async (part, code) => {
    const network = await networkIn(opened());
    await expect(network[part].delete()).rejects.toMatchObject({ code });
  });

  it("of a security group that another one's rule names is refused", async () => {
    const account = opened();
    const vpcId = (await vpcIn(account)).id;
    const [one, other] = [
      await Deployed.create(account, GROUP, { vpcId }, "one"),
      await Deployed.create(account, GROUP, { vpcId }, "other"),
    ];
    await Deployed.create(account, RULE, {
      securityGroupId: one.id,
      ipProtocol: "-1",
      referencedSecurityGroupId: other.id,
    });
    await expect(other.delete()).rejects.toThrow(`resource ${other.id} has a dependent object`);
  });

  it("in the right order leaves nothing, and once more succeeds", async () => {
    const account = opened();
    const { nat, eip, igw, subnet, vpc } = await networkIn(account);
    for (const part of [nat, eip, igw, subnet, vpc, vpc]) await part.delete();
    expect(account.leftovers()).toEqual({ made: [], behindTheBack: [], scheduled: [] });
  });
});

it("tells the region's settings that outlive their resource", async () => {
  const account = opened();
  const token = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess";
  await (await Deployed.create(account, token, { state: "block-new-sharing" })).delete();
  expect(account.leftovers().behindTheBack).toMatchObject([
    { type: token, note: expect.stringContaining("stays") as string },
  ]);
});

it("gives a replacement another id, and the same program the same ids", async () => {
  const account = opened();
  const [one, again] = [await vpcIn(account), await vpcIn(account)];
  expect(one.id).not.toBe(again.id);
  expect((await vpcIn(opened())).id).toBe(one.id);
});

it("shows what is not finished to calls made at the same time", async () => {
  const account = Account.open(undefined, { timeScale: 1 });
  const { vpc, subnet } = await networkIn(account);
  const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
  const serviceName = "com.amazonaws.eu-central-1.ssm";
  const inputs = { vpcId: vpc.id, serviceName, vpcEndpointType: "Interface", subnetIds: [subnet.id] };
  const making = Deployed.create(account, type, inputs);
  await expect(vpc.delete()).rejects.toMatchObject({ code: "DependencyViolation" });
  await (await making).delete();
});

it("keeps what a waiter gave up on, and replaces it next time", async () => {
  const account = opened();
  const { id: subnetId } = await subnetIn(account, await vpcIn(account));
  const { id: allocationId } = await Deployed.create(account, "aws:ec2/eip:Eip", {});
  const subject = { urn: `urn:pulumi:test::bulwark::${NAT}::main`, type: NAT, name: "main" };
  const inputs = { subnetId, allocationId };
  const error = (await account.create({ ...subject, inputs }).catch((thrown: unknown) => thrown)) as {
    partial?: { id: string };
  };
  const id = error.partial?.id ?? "";
  expect(id).toMatch(/^nat-/);
  expect(account.diff({ ...subject, id, oldInputs: inputs, news: inputs })).toMatchObject({ replaces: ["status"] });
});

it("answers an import of a setting that nobody has touched", async () => {
  const type = "aws:ebs/encryptionByDefault:EncryptionByDefault";
  const found = await opened().read({ urn: `urn:x::${type}::main`, type, id: "default" });
  expect(found).toMatchObject({ id: "default", properties: { enabled: false } });
});
