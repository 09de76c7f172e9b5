import { clusterLayer } from "../../stacks/cluster-layer";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const teardown = { reason: "the cluster is replaced by another", by: "platform@example.com", until: "2099-01-31" };

const registered = async (more: object = {}) => (await run(() => clusterLayer(clusterBlueprint(more)))).registrations;
const cluster = (registrations: readonly Registration[]) => only(registrations, "aws:eks/cluster:Cluster");

describe("a cluster that is told nothing", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await registered();
  });

  it("keeps its API inside the VPC", () => {
    expect(cluster(registrations).inputs.vpcConfig).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
  });

  it("writes all five logs", () => {
    expect(cluster(registrations).inputs.enabledClusterLogTypes).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
  });

  it("writes them into a group of its own that is encrypted, kept, protected and there first", () => {
    const group = only(registrations, LOG_GROUP, "main-control-plane");
    const logsKey = only(registrations, "aws:kms/key:Key", "main-logs");

    expect(group.inputs).toMatchObject({ name: "/aws/eks/production/cluster", retentionInDays: 400 });
    expect(group.propertyDependencies.kmsKeyId).toEqual([logsKey.urn]);
    expect(group.protect).toBe(true);
    expect(cluster(registrations).dependencies).toContain(group.urn);
  });

  it("encrypts its secrets with its own key for secrets", () => {
    const secretsKey = only(registrations, "aws:kms/key:Key", "main-secrets");

    expect(cluster(registrations).inputs.encryptionConfig).toMatchObject({ resources: ["secrets"] });
    expect(cluster(registrations).propertyDependencies.encryptionConfig).toEqual([secretsKey.urn]);
  });

  it("admits people by access entries only and makes nobody administrator by accident", () => {
    expect(cluster(registrations).inputs.accessConfig).toEqual({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
  });

  it("never slides into extended support", () => {
    expect(cluster(registrations).inputs).toMatchObject({
      version: "1.36",
      upgradePolicy: { supportType: "STANDARD" },
    });
  });

  it("leaves a zone that fails, and brings no self-managed add-ons", () => {
    expect(cluster(registrations).inputs).toMatchObject({
      zonalShiftConfig: { enabled: true },
      bootstrapSelfManagedAddons: false,
    });
  });

  it("cannot be deleted, neither by Pulumi nor in AWS", () => {
    expect(cluster(registrations).protect).toBe(true);
    expect(cluster(registrations).inputs.deletionProtection).toBe(true);
  });

  it("says on itself whose it is", () => {
    expect(cluster(registrations).inputs.tags).toEqual({
      owner: "platform@example.com",
      environment: "production",
      "data-classification": "confidential",
    });
  });

  it("stands in the intra subnets with its own security group", () => {
    const links = cluster(registrations).propertyDependencies.vpcConfig ?? [];
    const intra = all(registrations, "aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("-intra-"));
    const group = only(registrations, "aws:ec2/securityGroup:SecurityGroup", "main-cluster");

    expect(intra).toHaveLength(3);
    expect([...links].sort()).toEqual([...intra, group].map(({ urn }) => urn).sort());
  });

  it("acts under a role with the one policy it needs, attached before it is made", () => {
    const attached = all(registrations, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter(({ name }) =>
      name.includes("control-plane"),
    );

    expect(attached.map(({ inputs }) => inputs.policyArn)).toEqual(["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]);
    expect(cluster(registrations).dependencies).toEqual(expect.arrayContaining(attached.map(({ urn }) => urn)));
    expect(only(registrations, "aws:iam/role:Role", "main-control-plane").inputs.name).toBe(
      "bulwark-production-cluster",
    );
  });
});

describe("a cluster that is told to be weaker", () => {
  it("is public only for the blocks and reason that are spelled out", async () => {
    const endpoint = { access: "public", from: ["203.0.113.0/28"], reason: "the build runners have no route yet" };
    const { inputs } = cluster(await registered({ cluster: { name: "production", endpoint } }));

    expect(inputs.vpcConfig).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/28"],
    });
  });

  it("can be deleted only after a declared teardown, and so can its log group", async () => {
    const registrations = await registered({ teardown });

    expect(cluster(registrations).protect).toBe(false);
    expect(cluster(registrations).inputs.deletionProtection).toBe(false);
    expect(only(registrations, LOG_GROUP, "main-control-plane").protect).toBe(false);
  });
});

it("takes the service block and address family that the blueprint names", async () => {
  const { inputs } = cluster(await registered({ cluster: { name: "production", serviceCidr: "172.20.0.0/16" } }));

  expect(inputs.kubernetesNetworkConfig).toEqual({ ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" });
});
