import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account } from "../../twin/account";
import type { Given } from "../../twin/given";
import { Deployed } from "./deployment";

/** An account that is like this before anything is made in it. */
function opened(given?: Given): Account {
  if (given === undefined) return Account.open(undefined, { timeScale: 0 });
  const file = join(mkdtempSync(join(tmpdir(), "twin-")), "account.json");
  const ledger = {
    accountId: "111122223333",
    now: "2026-01-01T00:00:00Z",
    steps: 0,
    generations: {},
    faults: [],
    given,
  };
  writeFileSync(file, JSON.stringify({ ...ledger, resources: [] }));
  return Account.open(file, { timeScale: 0 });
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

describe("the twin's quotas", () => {
  const token = "aws:servicequotas/getServiceQuota:getServiceQuota";
  const vpcs = { serviceCode: "vpc", quotaCode: "L-F678F1CE" };

  it("are AWS's, unless the account was given others", async () => {
    expect(await opened().invoke(token, vpcs)).toMatchObject({
      value: 5,
      defaultValue: 5,
      quotaName: "VPCs per Region",
    });
    expect(await opened({ quotas: { "vpc/L-F678F1CE": 1 } }).invoke(token, vpcs)).toMatchObject({
      value: 1,
      defaultValue: 5,
    });
  });

  it("of IAM are told in us-east-1 only, and an unknown code is refused", async () => {
    const roles = { serviceCode: "iam", quotaCode: "L-FE177D64" };

    await expect(opened().invoke(token, roles)).rejects.toThrow("NoSuchResourceException");
    expect(await opened().invoke(token, { ...roles, region: "us-east-1" })).toMatchObject({ globalQuota: true });
    await expect(opened().invoke(token, { ...vpcs, quotaCode: "L-0" })).rejects.toThrow("NoSuchResourceException");
  });
});

describe("the twin's policy simulator", () => {
  const token = "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation";
  const policySourceArn = "arn:aws:iam::111122223333:role/platform-admin";
  const actionNames = ["eks:CreateCluster", "ec2:CreateVpc"];

  it("allows an administrator everything but what the account denies", async () => {
    expect(await opened().invoke(token, { policySourceArn, actionNames })).toMatchObject({ allAllowed: true });
    const denying = opened({ denied: ["eks:*"] });
    expect(await denying.invoke(token, { policySourceArn, actionNames })).toMatchObject({
      allAllowed: false,
      results: [{ decision: "implicitDeny" }, { decision: "allowed" }],
    });
  });

  it("refuses a session instead of the role behind it, which the session's context names", async () => {
    const session = "arn:aws:sts::111122223333:assumed-role/platform-admin/rehearsal";

    await expect(opened().invoke(token, { policySourceArn: session, actionNames })).rejects.toThrow("InvalidInput");
    expect(await opened().invoke("aws:iam/getSessionContext:getSessionContext", { arn: session })).toMatchObject({
      issuerArn: policySourceArn,
    });
  });

  it("refuses what is no action", async () => {
    await expect(opened().invoke(token, { policySourceArn, actionNames: ["eks"] })).rejects.toThrow("InvalidInput");
  });
});

describe("the twin's look-ups of what is there", () => {
  it("list a role's policies, attached and within", async () => {
    const account = opened();
    await Deployed.create(account, "aws:iam/role:Role", { name: "nodes", assumeRolePolicy: trust });
    const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
    await Deployed.create(account, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "nodes", policyArn });

    expect(
      await account.invoke("aws:iam/getRolePolicyAttachments:getRolePolicyAttachments", { roleName: "nodes" }),
    ).toMatchObject({
      attachedPolicies: [{ policyArn, policyName: "AmazonEKSClusterPolicy" }],
    });
    expect(await account.invoke("aws:iam/getRolePolicies:getRolePolicies", { roleName: "nodes" })).toMatchObject({
      policyNames: [],
    });
    expect(await account.invoke("aws:iam/getRoles:getRoles", { nameRegex: "^nod" })).toMatchObject({
      names: ["nodes"],
    });
    await expect(account.invoke("aws:iam/getRolePolicies:getRolePolicies", { roleName: "none" })).rejects.toThrow(
      "NoSuchEntity",
    );
  });

  it("offer an instance type in every zone but those the account lacks it in", async () => {
    const token = "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings";
    const args = { locationType: "availability-zone", filters: [{ name: "instance-type", values: ["m6i.large"] }] };
    const account = opened({ notOffered: { "m6i.large": ["eu-central-1b"] } });

    expect(await account.invoke(token, args)).toMatchObject({ locations: ["eu-central-1a", "eu-central-1c"] });
    expect(
      await account.invoke("aws:ec2/getInstanceType:getInstanceType", { instanceType: "m6i.2xlarge" }),
    ).toMatchObject({ defaultVcpus: 8 });
    await expect(
      account.invoke("aws:ec2/getInstanceType:getInstanceType", { instanceType: "m6i.tiny" }),
    ).rejects.toThrow("InvalidInstanceType");
  });

  it("know which Kubernetes versions are in standard support", async () => {
    const token = "aws:eks/getClusterVersions:getClusterVersions";

    expect(await opened().invoke(token, { clusterVersionsOnlies: ["1.36"] })).toMatchObject({
      clusterVersions: [{ versionStatus: "STANDARD_SUPPORT" }],
    });
    expect(await opened().invoke(token, { clusterVersionsOnlies: ["1.20"] })).toMatchObject({ clusterVersions: [] });
  });
});

describe("a refresh", () => {
  const VPC = "aws:ec2/vpc:Vpc";

  it("gives an input another value only where the account answers another than last time", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "twin-")), "account.json");
    const account = Account.open(file, { timeScale: 0 });
    const { id, properties } = await Deployed.create(account, VPC, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
    });
    const inputs = async (olds: object) => (await account.read({ urn: "", type: VPC, id, olds: { ...olds } }))?.inputs;

    const held = readFileSync(file, "utf8");
    writeFileSync(file, held.replaceAll('"enableDnsSupport": true', '"enableDnsSupport": false'));
    expect(await inputs(properties)).toEqual({ cidrBlock: "10.0.0.0/16", enableDnsSupport: false });

    // The same answer as last time is AWS's spelling of what was asked for, whatever that is.
    writeFileSync(file, held.replace(/("properties": \{[^}]*"cidrBlock": )"10.0.0.0\/16"/, '$1"10.0.0.0/16 (AWS)"'));
    expect(await inputs({ ...properties, cidrBlock: "10.0.0.0/16 (AWS)" })).toMatchObject({ cidrBlock: "10.0.0.0/16" });
  });
});
