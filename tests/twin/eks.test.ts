import type { Properties } from "../../twin/behaviour";
import { encrypted, ids, vpc } from "./cluster-inputs";
import { Landscape } from "./landscape";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ADDON = "aws:eks/addon:Addon";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const SUBNET = "aws:ec2/subnet:Subnet";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";

describe("a cluster the twin made", () => {
  const made = async (more: Properties = {}, timeScale = 0) => {
    const account = new Landscape(timeScale);
    const inputs = { ...(await account.clusterInputs()), ...more };
    return { account, inputs, id: await account.make(CLUSTER, inputs) };
  };

  it("is as public, unlogged and unencrypted as AWS makes it when nothing is said", async () => {
    const { account, id } = await made();
    expect(account.read(CLUSTER, id)).toMatchObject({
      vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: false, publicAccessCidrs: ["0.0.0.0/0"] },
      accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
      kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
      upgradePolicy: { supportType: "EXTENDED" },
    });
    expect(account.read(CLUSTER, id)).not.toHaveProperty("encryptionConfig");
    expect(account.ids(LOGS)).toEqual([]);
  });

  it.each([
    ["two versions at once", { version: "1.37" }, "InvalidParameterException"],
    ["an older version", { version: "1.34" }, "InvalidParameterException"],
    ["a jump to API authentication", { accessConfig: { authenticationMode: "API" } }, "InvalidParameterException"],
  ])("refuses %s", async (_, change, code) => {
    const { account, id } = await made();
    await expect(account.update(CLUSTER, id, change)).rejects.toMatchObject({ code });
  });

  it("never goes back from API authentication", async () => {
    const { account, id } = await made({ accessConfig: { authenticationMode: "API" } });
    const back = account.update(CLUSTER, id, { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } });
    await expect(back).rejects.toMatchObject({ code: "InvalidParameterException" });
  });

  it("refuses other zones", async () => {
    const { account, inputs, id } = await made();
    const fewer = vpc(inputs, { subnetIds: ids(inputs).slice(0, 2) });
    await expect(account.update(CLUSTER, id, fewer)).rejects.toMatchObject({ code: "InvalidParameterException" });
  });

  it("takes one update at a time, and tags besides", async () => {
    const { account, id } = await made({}, 3);
    const first = account.update(CLUSTER, id, { version: "1.36" });
    const second = account.update(CLUSTER, id, { enabledClusterLogTypes: ["audit"] });
    await expect(second).rejects.toMatchObject({
      code: "ResourceInUseException",
      message: expect.stringContaining(
        "Cannot LoggingUpdate because cluster production currently has update",
      ) as unknown,
    });
    await expect(first).resolves.toMatchObject({ version: "1.36" });
  });

  it("sends nothing to EKS for another key, and keeps the one it has", async () => {
    const account = new Landscape(3);
    const inputs = await encrypted(await account.clusterInputs(), account, {});
    const id = await account.make(CLUSTER, inputs);
    const other = await encrypted({}, account, { description: "other" });
    const upgrade = account.update(CLUSTER, id, { version: "1.36" });
    const swap = await account.update(CLUSTER, id, { ...other, version: "1.36" });
    expect(swap).toMatchObject({ encryptionConfig: inputs["encryptionConfig"] });
    expect(account.store.get(CLUSTER, id)?.status).toBe("UPDATING");
    await upgrade;
  });

  it("makes its creator an administrator unless it is told not to", async () => {
    const accessConfig = { authenticationMode: "API" };
    const { account, id } = await made({ accessConfig });
    expect(account.ids(ENTRY)).toEqual(["production:arn:aws:iam::111122223333:role/platform-admin"]);
    await account.remove(CLUSTER, id);
    expect(account.ids(ENTRY)).toEqual([]);
    const told = await made({ accessConfig: { ...accessConfig, bootstrapClusterCreatorAdminPermissions: false } });
    expect(told.account.ids(ENTRY)).toEqual([]);
  });

  it("takes nothing in while it is being created", async () => {
    const account = new Landscape(3);
    const inputs = await account.clusterInputs();
    const creating = account.make(CLUSTER, inputs);
    const addon = account.make(ADDON, { clusterName: "production", addonName: "vpc-cni" });
    await expect(addon).rejects.toMatchObject({ code: "InvalidRequestException" });
    await creating;
  });

  it("stays while deletion protection is on", async () => {
    const { account, id } = await made({ deletionProtection: true });
    await expect(account.remove(CLUSTER, id)).rejects.toMatchObject({ code: "InvalidRequestException" });
    await account.update(CLUSTER, id, { deletionProtection: false });
    await account.remove(CLUSTER, id);
  });

  it("leaves a log group nobody asked for, and neither security group nor interfaces", async () => {
    const { account, inputs, id } = await made({ enabledClusterLogTypes: ["audit"] });
    const subnet = ids(inputs)[0] ?? "";
    await expect(account.remove(SUBNET, subnet)).rejects.toMatchObject({ code: "DependencyViolation" });
    await account.remove(CLUSTER, id);
    await account.remove(SUBNET, subnet);
    expect(account.ids(LOGS)).toEqual(["/aws/eks/production/cluster"]);
    expect(account.ids("aws:ec2/networkInterface:NetworkInterface")).toEqual([]);
  });

  it("keeps issuer and creation time through an update", async () => {
    const { account, id } = await made();
    const { identities, createdAt } = account.read(CLUSTER, id);
    expect(await account.update(CLUSTER, id, { version: "1.36" })).toMatchObject({ identities, createdAt });
  });

  it("goes after its node groups, whose nodes need a way out", async () => {
    const { account, inputs, id } = await made();
    const nodeRoleArn = await account.role("nodes", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
    const scalingConfig = { desiredSize: 1, maxSize: 1, minSize: 1 };
    const group = { clusterName: id, nodeRoleArn, scalingConfig, subnetIds: ids(inputs) };
    await expect(account.make(NODE_GROUP, group)).rejects.toMatchObject({ code: "NodeCreationFailure" });
    expect(account.ids("aws:autoscaling/group:Group")).toHaveLength(1);
    await expect(account.remove(CLUSTER, id)).rejects.toMatchObject({ code: "ResourceInUseException" });
    await account.remove(NODE_GROUP, "production:x");
    expect(account.ids("aws:autoscaling/group:Group")).toEqual([]);
    await account.remove(CLUSTER, id);
  });

  it.each([
    ["an add-on EKS does not have", ADDON, { addonName: "none" }, "InvalidParameterException"],
    [
      "kube-proxy of another minor",
      ADDON,
      { addonName: "kube-proxy", addonVersion: "v1.34.0-eksbuild.2" },
      "InvalidParameterException",
    ],
    [
      "an add-on with a role that is not there",
      ADDON,
      {
        addonName: "vpc-cni",
        podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: "arn:aws:iam::111122223333:role/none" }],
      },
      "InvalidParameterException",
    ],
    [
      "an add-on with a role that is not for pods",
      ADDON,
      {
        addonName: "vpc-cni",
        podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: "arn:aws:iam::111122223333:role/cluster" }],
      },
      "InvalidParameterException",
    ],
    ["an add-on over its self-managed copy", ADDON, { addonName: "vpc-cni" }, "ConfigurationConflict"],
    [
      "CoreDNS without nodes",
      ADDON,
      { addonName: "coredns", resolveConflictsOnCreate: "OVERWRITE" },
      "InsufficientNumberOfReplicas",
    ],
    [
      "an access entry without the API mode",
      ENTRY,
      { principalArn: "arn:aws:iam::111122223333:role/cluster" },
      "InvalidRequestException",
    ],
  ])("refuses %s", async (_, type, inputs, code) => {
    const { account, id } = await made();
    await expect(account.make(type, { clusterName: id, ...inputs })).rejects.toMatchObject({ code });
  });

  it("takes an add-on whose role is for pods", async () => {
    const { account, id } = await made({ bootstrapSelfManagedAddons: false });
    const roleArn = await account.role("cni", "pods.eks.amazonaws.com");
    const podIdentityAssociations = [{ serviceAccount: "aws-node", roleArn }];
    await account.make(ADDON, { clusterName: id, addonName: "vpc-cni", podIdentityAssociations });
    expect(account.ids(ADDON)).toEqual(["production:vpc-cni"]);
  });

  it("lets a principal in once, and gives a policy only to one who is in", async () => {
    const { account, id } = await made({ accessConfig: { authenticationMode: "API" } });
    const entry = { clusterName: id, principalArn: "arn:aws:iam::111122223333:role/cluster" };
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    const association = { ...entry, policyArn, accessScope: { type: "cluster" } };
    const policy = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    await expect(account.make(policy, association)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    await account.make(ENTRY, entry);
    await account.make(policy, association);
    await expect(account.make(ENTRY, entry)).rejects.toMatchObject({ code: "ResourceInUseException" });
  });
});
