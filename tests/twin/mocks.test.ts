import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import { realProcess } from "../../twin/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

class Site extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Site", name, {}, opts);
    const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }, { parent: this, protect: true });
    const args = { vpcId: vpc.id, cidrBlock: pulumi.secret("10.0.0.0/24") };
    new aws.ec2.Subnet(name, args, { parent: this, ignoreChanges: ["tags"] });
    this.registerOutputs();
  }
}

const site = () => {
  const provider = new aws.Provider("aws", { region: "eu-west-1", defaultTags: { tags: { owner: "platform" } } });
  new Site("main", { providers: { aws: provider } });
};

it("tells everything about a registration, in the order of the program", async () => {
  const { registrations } = await run(site, { stack: "production" });
  expect(registrations.map(({ type }) => type.split(":").at(-1))).toEqual(["Stack", "aws", "Site", "Vpc", "Subnet"]);
  const [, , component, vpc, subnet] = registrations;
  expect(subnet).toMatchObject({
    urn: "urn:pulumi:production::bulwark::bulwark:index:Site$aws:ec2/subnet:Subnet::main",
    parent: component?.urn,
    provider: "urn:pulumi:production::bulwark::pulumi:providers:aws::aws::aws",
    inputs: { cidrBlock: "10.0.0.0/24" },
    propertyDependencies: { vpcId: [vpc?.urn] },
    ignoreChanges: ["tags"],
    protect: false,
  });
  expect(vpc).toMatchObject({ protect: true, custom: true });
});

it("gives every resource the region and the default tags of its own provider", async () => {
  const { account, registrations } = await run(site);
  const vpc = registrations.find(({ type }) => type === "aws:ec2/vpc:Vpc");
  const [made] = account.leftovers().made.filter(({ urn }) => urn === vpc?.urn);
  const read = await account.read({ urn: "", type: "aws:ec2/vpc:Vpc", id: made?.id ?? "" });
  expect(read?.properties).toMatchObject({ region: "eu-west-1", tagsAll: { owner: "platform" } });
});

it("creates nothing in a preview, where what AWS would compute is unknown", async () => {
  const { account, registrations } = await run(site, { preview: true });
  expect(account.leftovers().made).toEqual([]);
  expect(registrations.at(-1)?.inputs).toEqual({ cidrBlock: "10.0.0.0/24", vpcId: UNKNOWN });
});

it("registers the same, byte for byte, whenever it is run", async () => {
  const [one, other] = [await run(site), await run(site)];
  expect(JSON.stringify(one.registrations)).toBe(JSON.stringify(other.registrations));
});

it("hands over configuration and outputs", async () => {
  const program = () => ({ greeting: new pulumi.Config("bulwark").require("greeting") });
  const { outputs } = await run(program, { config: { "bulwark:greeting": "hello" } });
  expect(outputs).toEqual({ greeting: "hello" });
});

it("rejects with what the program throws, and is ready for the next program", async () => {
  const fails = run(() => {
    throw new Error("no such stack");
  });
  await expect(fails).rejects.toThrow("no such stack");
  await expect(run(site)).resolves.toBeDefined();
});

it("lets a program catch what a function answers", async () => {
  const program = async () => ({
    answer: await aws.ec2.getVpc({ id: "vpc-1" }).then(
      () => "found",
      (error: unknown) => String(error),
    ),
  });
  expect((await run(program)).outputs["answer"]).toContain("no matching EC2 VPC found");
});

it("adopts what is imported only when the inputs say what is there", async () => {
  const account = Account.open(undefined, { timeScale: 0 });
  const settle = (enabled: boolean) => () =>
    new aws.ebs.EncryptionByDefault("main", { enabled }, { import: "default" });
  await expect(run(settle(true), { account })).rejects.toThrow(
    "inputs to import do not match the existing resource: enabled",
  );
  await expect(run(settle(false), { account })).resolves.toBeDefined();
});

it("refuses an import of what the provider cannot import", async () => {
  const adopt = () =>
    new aws.ec2.InstanceMetadataDefaults("main", { httpTokens: "required" }, { import: "111122223333" });
  await expect(run(adopt)).rejects.toThrow("This resource does not support import");
});

it("rejects with what an apply throws, and lets nothing of it out", async () => {
  const real = realProcess();
  const before = real.listeners("unhandledRejection");
  const stray: unknown[] = [];
  const listen = (error: unknown) => void stray.push(error);
  real.on("unhandledRejection", listen);
  try {
    const fails = run(() => {
      const { id } = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
      const cidrBlock = id.apply((): string => {
        throw new Error("wrong in an apply");
      });
      new aws.ec2.Subnet("main", { vpcId: id, cidrBlock });
    });
    await expect(fails).rejects.toThrow("wrong in an apply");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stray).toEqual([]);
    expect(real.listeners("unhandledRejection")).toEqual([...before, listen]);
  } finally {
    real.off("unhandledRejection", listen);
  }
  await expect(run(site)).resolves.toBeDefined();
});
