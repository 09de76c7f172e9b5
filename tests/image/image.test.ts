import { clusterLayer } from "../../stacks/cluster-layer";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

// A run of the cluster layer makes some three hundred resources.
jest.setTimeout(60_000);

const BUILDER = "aws:imagebuilder/";
const COMPONENT = "aws:imagebuilder/component:Component";
const RECIPE = "aws:imagebuilder/imageRecipe:ImageRecipe";
const PIPELINE = "aws:imagebuilder/imagePipeline:ImagePipeline";

const registered = async (images: readonly object[], more: object = {}) =>
  (await run(() => clusterLayer(clusterBlueprint({ images, ...more })))).registrations;

interface Statement {
  readonly Sid: string;
  readonly Condition?: { readonly ArnLike?: Readonly<Record<string, readonly string[]>> };
}
const statements = (one: Registration): readonly Statement[] =>
  (JSON.parse(String(one.inputs["policy"])) as { Statement: Statement[] }).Statement;

describe("a cluster of which no image is said", () => {
  it("builds none, and its key and names know nothing of it", async () => {
    const registrations = await registered([]);

    expect(registrations.filter(({ type }) => type.startsWith(BUILDER))).toEqual([]);
    const disks = only(registrations, "aws:kms/key:Key", "main-disks");
    expect(statements(disks).map(({ Sid }) => Sid)).not.toContain("ImagesUse");
    const list = only(
      registrations,
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
      "main-allowed",
    );
    expect(JSON.stringify(list.inputs)).not.toContain("imagebuilder");
  });
});

describe("an image of which only the family is said", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    registrations = await registered([{ family: "al2023" }]);
  });
  const where = () => only(registrations, "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration");
  const recipe = () => only(registrations, RECIPE);
  const distribution = () =>
    only(registrations, "aws:imagebuilder/distributionConfiguration:DistributionConfiguration").inputs;

  it("is built in a private subnet, in a group that nobody may enter", () => {
    const group = only(registrations, "aws:ec2/securityGroup:SecurityGroup", "main-images");
    const [subnet] = all(registrations, "aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("-private-"));

    expect(where().propertyDependencies["subnetId"]).toEqual([subnet?.urn]);
    expect(where().propertyDependencies["securityGroupIds"]).toEqual([group.urn]);
    const entering = all(registrations, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(entering.filter((rule) => rule.propertyDependencies["securityGroupId"]?.includes(group.urn))).toEqual([]);
  });

  it("is built by machines without a login whose metadata takes a token and goes one hop, and which end with the build", () => {
    expect(where().inputs).toMatchObject({
      instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      terminateInstanceOnFailure: true,
      instanceTypes: ["m6i.large"],
    });
    expect(where().inputs).not.toHaveProperty("keyPair");
  });

  it("is built from the newest image of EKS for the cluster's version, and from our components alone", () => {
    expect(recipe().inputs["parentImage"]).toBe(
      "ssm:/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/image_id",
    );
    const components = all(registrations, COMPONENT);
    expect(components).toHaveLength(16);
    expect([...(recipe().propertyDependencies["components"] ?? [])].sort()).toEqual(
      components.map(({ urn }) => urn).sort(),
    );
  });

  it("is encrypted under the key for disks, while it is built and when it is handed out", () => {
    const key = only(registrations, "aws:kms/key:Key", "main-disks");

    expect(recipe().inputs["blockDeviceMappings"]).toMatchObject([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
    ]);
    expect(recipe().propertyDependencies["blockDeviceMappings"]).toEqual([key.urn]);
    expect(distribution()["distributions"]).toMatchObject([
      { region: "eu-central-1", amiDistributionConfiguration: { kmsKeyId: expect.stringContaining("key/") as string } },
    ]);
  });

  it("belongs to this account and nobody else", () => {
    expect(JSON.stringify(distribution())).not.toMatch(/launchPermission|targetAccountIds|s3Export/);
  });

  it("is built every month, looked after every day, tested and scanned each time", () => {
    const pipelines = all(registrations, PIPELINE);

    expect(pipelines.map(({ inputs }) => inputs["schedule"])).toEqual([
      {
        scheduleExpression: "cron(0 4 * * ? *)",
        pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
        timezone: "Etc/UTC",
      },
      {
        scheduleExpression: "cron(0 2 1 * ? *)",
        pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
        timezone: "Etc/UTC",
      },
    ]);
    for (const { inputs } of pipelines)
      expect(inputs).toMatchObject({
        imageTestsConfiguration: { imageTestsEnabled: true },
        imageScanningConfiguration: { imageScanningEnabled: true },
        loggingConfiguration: {
          imageLogGroupName: "/aws/imagebuilder/bulwark-production-al2023-x86-64",
          pipelineLogGroupName: "/aws/imagebuilder/bulwark-production-al2023-x86-64",
        },
      });
  });

  it("is written down in a group that is encrypted and kept", () => {
    const log = only(registrations, "aws:cloudwatch/logGroup:LogGroup", "main-al2023-x86-64-builds");

    expect(log.protect).toBe(true);
    expect(log.propertyDependencies["kmsKeyId"]).toEqual([only(registrations, "aws:kms/key:Key", "main-logs").urn]);
  });

  it("is kept twelve times, and longer while nodes start from it", () => {
    expect(
      only(registrations, "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy").inputs["policyDetails"],
    ).toMatchObject([
      {
        action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
        filter: { type: "COUNT", value: 12 },
        exclusionRules: { amis: { lastLaunched: { unit: "DAYS", value: 90 } } },
      },
    ]);
  });

  it("may be encrypted by Image Builder's own role, through EC2 and for nothing else", () => {
    const found = statements(only(registrations, "aws:kms/key:Key", "main-disks")).filter(({ Sid }) =>
      Sid.startsWith("Images"),
    );

    expect(found.map(({ Sid }) => Sid)).toEqual(["ImagesUse", "ImagesGrants"]);
    for (const { Condition } of found)
      expect(Condition).toMatchObject({
        StringEquals: { "kms:ViaService": "ec2.eu-central-1.amazonaws.com" },
        ArnLike: {
          "aws:PrincipalArn": [
            "arn:aws:iam::111122223333:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder",
          ],
        },
      });
  });

  it("fetches its tools through the endpoint of S3, which opens for the buckets of AWS and no others", () => {
    const policy = statements(only(registrations, "aws:ec2/vpcEndpoint:VpcEndpoint", "main-s3"));

    expect(policy.find(({ Sid }) => Sid === "ImageBuilds")).toMatchObject({
      Action: "s3:GetObject",
      Resource: [
        "arn:aws:s3:::ec2imagebuilder-toe-eu-central-1-prod/*",
        "arn:aws:s3:::ec2imagebuilder-managed-resources-eu-central-1-prod/*",
        "arn:aws:s3:::amazon-ssm-eu-central-1/*",
        "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/*",
      ],
    });
  });
});

describe("images of which something is said", () => {
  it("are of both families and architectures, each with what its own base asks for", async () => {
    const registrations = await registered([
      { family: "ubuntu", mirror: "https://mirror.example.com/ubuntu", keep: 5 },
      {
        family: "ubuntu",
        architecture: "arm64",
        scanning: { by: "nobody", reason: "Inspector arrives with the next quarter" },
      },
    ]);

    expect(all(registrations, RECIPE).map(({ inputs }) => inputs["parentImage"])).toEqual([
      "ssm:/aws/service/canonical/ubuntu/eks/24.04/1.36/stable/current/amd64/hvm/ebs-gp3/ami-id",
      "ssm:/aws/service/canonical/ubuntu/eks/24.04/1.36/stable/current/arm64/hvm/ebs-gp3/ami-id",
    ]);
    expect(all(registrations, RECIPE).map(({ inputs }) => inputs["blockDeviceMappings"])).toMatchObject([
      [{ deviceName: "/dev/sda1" }],
      [{ deviceName: "/dev/sda1" }],
    ]);
    expect(all(registrations, PIPELINE).map(({ inputs }) => inputs["imageScanningConfiguration"])).toEqual(
      [true, true, false, false].map((imageScanningEnabled) => ({ imageScanningEnabled })),
    );
    const list = only(
      registrations,
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
      "main-allowed",
    );
    expect(list.inputs["domains"]).toEqual(
      expect.arrayContaining(["mirror.example.com", "imagebuilder.eu-central-1.amazonaws.com"]),
    );
  });

  it("get another version of what changes and of the recipe, and keep the version of all that stays", async () => {
    const versions = async (image: object) =>
      new Map(
        (await registered([{ family: "ubuntu", ...image }]))
          .filter(({ type }) => type === COMPONENT || type === RECIPE)
          .map(({ name, inputs }) => [name, String(inputs["version"])] as const),
      );
    const before = await versions({});
    const after = await versions({ mirror: "https://mirror.example.com/ubuntu" });

    const changed = [...before].filter(([name, version]) => after.get(name) !== version).map(([name]) => name);
    expect(changed.sort()).toEqual(["main-ubuntu-x86-64", "main-ubuntu-x86-64-audit"]);
    expect(await versions({})).toEqual(before);
  });
});
