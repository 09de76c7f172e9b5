import { clusterLayer } from "../../stacks/cluster-layer";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";
import { blueprintWith, previewed } from "./program";

// A run of the cluster layer makes some three hundred resources.
jest.setTimeout(60_000);

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const policiesOf = (registrations: readonly Registration[]) =>
  all(registrations, ATTACHMENT)
    .filter(({ name }) => name.startsWith("main-nodes-"))
    .map(({ inputs }) => String(inputs["policyArn"]).replace("arn:aws:iam::aws:policy/", ""));

describe("nodes of which nothing is said", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = (await run(() => clusterLayer(clusterBlueprint()))).registrations;
  });
  const group = () => only(registrations, GROUP);
  const template = () => only(registrations, TEMPLATE);

  it("are three of Bottlerocket, on demand, at the cluster's version", () => {
    expect(group().inputs).toMatchObject({
      amiType: "BOTTLEROCKET_x86_64",
      capacityType: "ON_DEMAND",
      instanceTypes: ["m6i.large"],
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
      version: "1.36",
      labels: { "bulwark/pool": "system", "bulwark/image-family": "bottlerocket" },
    });
  });

  it("stand in the three private subnets and in the nodes' own security group", () => {
    const subnets = all(registrations, "aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("-private-"));
    const own = only(registrations, "aws:ec2/securityGroup:SecurityGroup", "main-nodes");

    expect(subnets).toHaveLength(3);
    expect([...(group().propertyDependencies.subnetIds ?? [])].sort()).toEqual(subnets.map(({ urn }) => urn).sort());
    expect(template().propertyDependencies.networkInterfaces).toEqual([own.urn]);
  });

  it("get no public address", () => {
    expect(template().inputs.networkInterfaces).toMatchObject([{ associatePublicIpAddress: "false" }]);
  });

  it("answer for metadata with a token and one hop far", () => {
    expect(template().inputs.metadataOptions).toMatchObject({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("have both of Bottlerocket's volumes encrypted under the key for disks", () => {
    const key = only(registrations, "aws:kms/key:Key", "main-disks");

    expect(template().inputs.blockDeviceMappings).toMatchObject([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } },
      { deviceName: "/dev/xvdb", ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 50 } },
    ]);
    expect(template().propertyDependencies.blockDeviceMappings).toEqual([key.urn]);
  });

  it("follow one numbered version of their template", () => {
    expect(group().inputs.launchTemplate).toMatchObject({ version: "1" });
    expect(group().propertyDependencies.launchTemplate).toEqual([template().urn]);
  });

  it("let nobody log in", () => {
    expect(template().inputs).not.toHaveProperty("keyName");
    expect(group().inputs).not.toHaveProperty("remoteAccess");
  });

  it("may join, pull images, and nothing else", () => {
    expect(policiesOf(registrations).sort()).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodePolicy",
    ]);
    expect(only(registrations, "aws:iam/role:Role", "main-nodes").inputs.name).toBe("bulwark-production-nodes");
  });

  it("come after their role's policies and the add-ons without which they would not be ready", () => {
    const before = [
      ...all(registrations, ATTACHMENT).filter(({ name }) => name.startsWith("main-nodes-")),
      only(registrations, "aws:eks/addon:Addon", "main-vpc-cni"),
    ];

    expect(group().dependencies).toEqual(expect.arrayContaining(before.map(({ urn }) => urn)));
  });

  it("are repaired when they fail and updated one at a time", () => {
    expect(group().inputs).toMatchObject({ nodeRepairConfig: { enabled: true }, updateConfig: { maxUnavailable: 1 } });
    expect(group().inputs).not.toHaveProperty("forceUpdateVersion");
  });

  it("carry the cluster's tags into what is started from their template", () => {
    const specifications = template().inputs.tagSpecifications as { resourceType: string; tags: object }[];

    expect(specifications.map(({ resourceType }) => resourceType)).toEqual(["instance", "volume", "network-interface"]);
    for (const { tags } of specifications)
      expect(tags).toMatchObject({ owner: "platform@example.com", "bulwark:cluster": "production" });
  });
});

describe("nodes of which something is said", () => {
  it("are a group and a template a pool", async () => {
    const registrations = await previewed(
      blueprintWith({
        pools: {
          system: { min: 2, max: 9, desired: 4 },
          batch: {
            os: "al2023",
            instanceTypes: ["m7g.large", "c7g.xlarge"],
            capacity: "spot",
            diskGiB: 200,
            labels: { workload: "batch" },
            taints: ["dedicated=batch:NoSchedule", "slow:PreferNoSchedule"],
            release: "1.36.2-20261112",
          },
        },
      }),
    );

    expect(only(registrations, GROUP, "main-system").inputs.scalingConfig).toEqual({
      minSize: 2,
      desiredSize: 4,
      maxSize: 9,
    });
    expect(only(registrations, GROUP, "main-batch").inputs).toMatchObject({
      amiType: "AL2023_ARM_64_STANDARD",
      capacityType: "SPOT",
      instanceTypes: ["m7g.large", "c7g.xlarge"],
      labels: { workload: "batch", "bulwark/pool": "batch", "bulwark/image-family": "al2023" },
      taints: [
        { key: "dedicated", value: "batch", effect: "NO_SCHEDULE" },
        { key: "slow", effect: "PREFER_NO_SCHEDULE" },
      ],
      releaseVersion: "1.36.2-20261112",
    });
    expect(only(registrations, TEMPLATE, "main-batch").inputs.blockDeviceMappings).toMatchObject([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 200 } },
    ]);
  });

  it("can be reached by Session Manager only where a reason is given", async () => {
    const shell = { access: "session-manager", reason: "the sensor is being proved on real nodes" };

    expect(policiesOf(await previewed(blueprintWith({ shell })))).toContain("AmazonSSMManagedInstanceCore");
  });

  it("have an address of each family where pods have IPv6", async () => {
    const network = { ...clusterBlueprint().network, pods: "ipv6" };
    const registrations = await previewed(blueprintWith({}, { network }));

    expect(only(registrations, TEMPLATE).inputs.networkInterfaces).toMatchObject([
      { associatePublicIpAddress: "false", ipv6AddressCount: 1 },
    ]);
  });

  it.each([
    ["development", {}, [2, 2, 4]],
    ["staging", { max: 1 }, [1, 1, 1]],
    ["production", { max: 2 }, [2, 2, 2]],
    ["production", { min: 0 }, [0, 0, 1]],
    ["production", { desired: 9 }, [3, 9, 9]],
    ["production", { desired: 1 }, [1, 1, 2]],
  ])("have a size that AWS accepts: %s %j", async (environment, pool, [minSize, desiredSize, maxSize]) => {
    const registrations = await previewed(blueprintWith({ pools: { system: pool } }, { environment }));

    expect(only(registrations, GROUP).inputs.scalingConfig).toEqual({ minSize, desiredSize, maxSize });
  });
});
