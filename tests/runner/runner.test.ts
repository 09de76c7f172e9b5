import { clusterLayer } from "../../stacks/cluster-layer";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { ACCOUNT, clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";
import { COMMIT, IMAGE, runner } from "./said";

// A run of the cluster layer makes some three hundred resources.
jest.setTimeout(60_000);

const PROJECT = "aws:codebuild/project:Project";
const layer = async (more: object) =>
  (await run(() => clusterLayer(clusterBlueprint(more)), { stack: "production" })).registrations;

describe("a runner of which only image, commit and pipeline are said", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await layer({ runner });
  });
  const project = () => only(registrations, PROJECT).inputs;

  it("runs one image by digest, fetched under its own role, without privileges and without variables", () => {
    expect(project().environment).toEqual({
      type: "LINUX_CONTAINER",
      computeType: "BUILD_GENERAL1_MEDIUM",
      image: IMAGE,
      imagePullCredentialsType: "SERVICE_ROLE",
      privilegedMode: false,
    });
  });

  it("applies the archive of one commit by commands of its own, which fetch nothing and name the platform's stack", () => {
    const { type, location, buildspec } = project().source as Readonly<Record<string, string>>;
    const { phases } = JSON.parse(buildspec ?? "") as { phases: { build: { commands: string[] } } };
    const bucket = only(registrations, "aws:s3/bucket:Bucket", "main-runner").inputs.bucket;

    expect([type, location]).toEqual(["S3", `${String(bucket)}/platform/${COMMIT}.zip`]);
    expect(phases.build.commands.at(-1)).toBe("npm run up -- production-platform --yes");
    expect(phases.build.commands.join()).not.toMatch(/npm (ci|install)|curl|wget|npx/);
  });

  it("stands in the private subnets, one build at a time, and is neither public nor retried", () => {
    const subnets = all(registrations, "aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("-private-"));

    expect(only(registrations, PROJECT).propertyDependencies.vpcConfig).toEqual(
      expect.arrayContaining(subnets.map(({ urn }) => urn)),
    );
    expect(project()).toMatchObject({
      concurrentBuildLimit: 1,
      buildTimeout: 60,
      badgeEnabled: false,
      projectVisibility: "PRIVATE",
      autoRetryLimit: 0,
      artifacts: { type: "NO_ARTIFACTS" },
    });
  });

  it("reaches the Kubernetes API and AWS inside the VPC by TLS, and nothing reaches it", () => {
    const group = only(registrations, "aws:ec2/securityGroup:SecurityGroup", "main-runner");
    const of = (type: string, property: string) =>
      all(registrations, type).filter(({ propertyDependencies }) =>
        propertyDependencies[property]?.includes(group.urn),
      );
    const leaving = of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId");
    const arriving = of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "referencedSecurityGroupId");

    expect(leaving.map(({ inputs }) => [inputs.ipProtocol, inputs.fromPort, inputs.toPort])).toEqual([
      ["tcp", 443, 443],
      ["tcp", 443, 443],
    ]);
    expect(leaving.every(({ inputs }) => inputs.cidrIpv4 === undefined)).toBe(true);
    expect(arriving.map(({ name }) => name)).toEqual([
      "main-cluster-from-runner-tcp-443",
      "main-endpoints-from-runner-tcp-443",
    ]);
    expect(of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "securityGroupId")).toEqual([]);
  });

  it("is the one deployer of the cluster", () => {
    const entries = all(registrations, "aws:eks/accessEntry:AccessEntry").filter(
      ({ inputs }) => (inputs.tags as Record<string, string> | undefined)?.["bulwark:purpose"] === "deployer",
    );

    expect(entries.map(({ inputs }) => [inputs.principalArn, inputs.kubernetesGroups])).toEqual([
      [`arn:aws:iam::${ACCOUNT}:role/bulwark-production-runner`, undefined],
    ]);
    expect(entries[0]?.dependencies).toContain(only(registrations, "aws:iam/role:Role", "main-runner").urn);
  });

  it("logs into a group under the logs key that nothing deletes", () => {
    const group = only(registrations, "aws:cloudwatch/logGroup:LogGroup", "main-runner");

    expect(group).toMatchObject({
      protect: true,
      inputs: { name: "/bulwark/production/runner", retentionInDays: 400 },
    });
    expect(group.propertyDependencies.kmsKeyId).toEqual([only(registrations, "aws:kms/key:Key", "main-logs").urn]);
    expect(only(registrations, PROJECT).propertyDependencies.logsConfig).toEqual([group.urn]);
  });

  it("is made after the policy by which CodeBuild sees the network", () => {
    expect(only(registrations, PROJECT).dependencies).toContain(
      only(registrations, "aws:iam/rolePolicy:RolePolicy", "main-runner").urn,
    );
  });
});

describe("a cluster without a runner", () => {
  it("has no machine that administers it, and no rule that watches one", async () => {
    const registrations = await layer({});

    expect(all(registrations, PROJECT)).toEqual([]);
    expect(all(registrations, "aws:eks/accessEntry:AccessEntry")).toHaveLength(1);
    expect(all(registrations, "aws:cloudwatch/eventRule:EventRule").map(({ name }) => name)).toEqual([
      "main-break-glass",
    ]);
    expect(only(registrations, "aws:iam/role:Role", "main-alarm").inputs.assumeRolePolicy).not.toContain("runner");
  });
});

describe("a declared teardown", () => {
  it("lets the runner's bucket, key and log go", async () => {
    const teardown = { reason: "the cluster moves to another account", by: "a@example.com", until: "2027-01-01" };
    const registrations = await layer({ runner, teardown });

    for (const type of ["aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:cloudwatch/logGroup:LogGroup"])
      expect(only(registrations, type, "main-runner").protect).toBe(false);
    expect(only(registrations, "aws:s3/bucket:Bucket", "main-runner").inputs.forceDestroy).toBe(true);
  });
});
