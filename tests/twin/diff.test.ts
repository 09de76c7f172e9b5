import { Account } from "../../twin/account";
import type { Behaviour, Properties } from "../../twin/behaviour";
import { catalogue } from "../../twin/catalogue";
import { difference } from "../../twin/diff";
import { schema } from "../../twin/schema";

const of = (token: string): Behaviour => {
  const found = catalogue.find((behaviour) => behaviour.token === token);
  if (found === undefined) throw new Error(`no behaviour for ${token}`);
  return found;
};
const cluster = of("aws:eks/cluster:Cluster");
const key = (keyArn: string) => ({ encryptionConfig: { resources: ["secrets"], provider: { keyArn } } });
const egress = (controlPlaneEgressMode: string) => ({ vpcConfig: { controlPlaneEgressMode } });
const auto = (nodeRoleArn: string) => ({ computeConfig: { nodeRoleArn } });

it.each<[string, Properties, Properties, readonly string[]]>([
  ["losing its encryption", key("a"), {}, ["encryptionConfig"]],
  ["gaining encryption", {}, key("a"), []],
  ["another key", key("a"), key("b"), []],
  [
    "one of two encrypted kinds less",
    { encryptionConfig: { resources: ["secrets", "x"] } },
    { encryptionConfig: { resources: ["secrets"] } },
    [],
  ],
  ["another role of automatic nodes", auto("a"), auto("b"), ["computeConfig"]],
  ["a first role of automatic nodes", {}, auto("a"), []],
  ["its traffic handed back to AWS", egress("CUSTOMER_ROUTED"), egress("AWS_MANAGED"), ["vpcConfig"]],
  ["its traffic routed by the customer", egress("AWS_MANAGED"), egress("CUSTOMER_ROUTED"), []],
])("a cluster with %s replaces what AWS replaces", (_, olds, news, replaces) => {
  expect(difference(cluster, olds, news).replaces).toEqual(replaces);
});

describe("the order of a set", () => {
  const subnets = (...subnetIds: string[]) => ({ subnetIds });
  const nodes = of("aws:eks/nodeGroup:NodeGroup");

  it("is no change", () => {
    expect(difference(nodes, subnets("a", "b", "c"), subnets("c", "a", "b")).changes).toBe(false);
    const rule = (fromPort: number) => ({ fromPort, cidrBlocks: ["10.0.0.0/8"], protocol: "tcp" });
    const other = { protocol: "tcp", cidrBlocks: ["10.0.0.0/8"], fromPort: 1 };
    const group = of("aws:ec2/securityGroup:SecurityGroup");
    expect(difference(group, { ingress: [rule(1), rule(2)] }, { ingress: [rule(2), other] }).changes).toBe(false);
  });

  it("does not hide what came and went", () => {
    expect(difference(nodes, subnets("a", "b", "c"), subnets("c", "a")).detailed).toEqual({
      "subnetIds[2]": "delete-replace",
    });
    expect(difference(nodes, subnets("a", "b"), subnets("b", "x")).detailed).toEqual({
      "subnetIds[1]": "update-replace",
    });
    expect(difference(nodes, subnets("a"), subnets("b", "a")).detailed).toEqual({ "subnetIds[0]": "add-replace" });
  });

  it("counts where a list is no set", () => {
    const types = (...instanceTypes: string[]) => ({ instanceTypes });
    expect(difference(nodes, types("m7i.large", "m6i.large"), types("m6i.large", "m7i.large")).changes).toBe(true);
  });
});

describe("a replacement of a setting", () => {
  const versioning = of("aws:s3/bucketVersioning:BucketVersioning");
  const owned = (bucket: string, expectedBucketOwner: string) => ({ bucket, expectedBucketOwner });

  it("deletes first where the deletion would take away what was just written", () => {
    const lifecycle = of("aws:ecr/lifecyclePolicy:LifecyclePolicy");
    const policy = (text: string) => ({ repository: "x", policy: text });
    expect(difference(lifecycle, policy("{}"), policy("[]")).deleteBeforeReplace).toBe(true);
    expect(difference(versioning, owned("a", "1"), owned("a", "2")).deleteBeforeReplace).toBe(true);
  });

  it("creates first where it is another one", () => {
    expect(difference(versioning, owned("a", "1"), owned("b", "1"))).toMatchObject({
      replaces: ["bucket"],
      deleteBeforeReplace: false,
    });
    expect(difference(of("aws:ec2/vpc:Vpc"), { cidrBlock: "a" }, { cidrBlock: "b" }).deleteBeforeReplace).toBe(false);
  });

  it("names a slot by inputs that the type has", () => {
    const unknown = catalogue.flatMap(({ token, slot = [] }) =>
      slot.filter((input) => schema.resources[token]?.inputs[input] === undefined),
    );
    expect(unknown).toEqual([]);
  });
});

describe("a setting that a region has once", () => {
  const type = "aws:ebs/encryptionByDefault:EncryptionByDefault";
  const subject = { urn: `urn:x::${type}::main`, type };

  it("answers what was set, whatever id it is read by", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    const read = async () => (await account.read({ ...subject, id: "default" }))?.properties["enabled"];
    expect(await read()).toBe(false);
    const { id } = await account.create({ ...subject, inputs: { enabled: true } });
    expect(await read()).toBe(true);
    await account.delete({ ...subject, id });
    expect(await read()).toBe(false);
  });

  it("is not two settings when two programs set it", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    const { id } = await account.create({ ...subject, inputs: { enabled: true } });
    await account.create({ ...subject, urn: `${subject.urn}2`, inputs: { enabled: false } });
    expect((await account.read({ ...subject, id }))?.properties["enabled"]).toBe(false);
  });
});
