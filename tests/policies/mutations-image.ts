import { GONE, type Mutation } from "./mutation";

const RECIPE = "ImageRecipe main-al2023-x86-64";
const BUILDER = "InfrastructureConfiguration main-al2023-x86-64";
const DISTRIBUTION = "DistributionConfiguration main-al2023-x86-64";
const BASE = "ImagePipeline main-al2023-x86-64-base";
const MONTHLY = "ImagePipeline main-al2023-x86-64-monthly";
const LIFECYCLE = "LifecyclePolicy main-al2023-x86-64";

type Entry = Readonly<Record<string, unknown>>;

/** The one entry of a list with one thing in it said otherwise, or with undefined not said at all. */
const entry =
  (key: string, more: Entry) =>
  ([first, ...rest]: readonly Entry[]): readonly Entry[] => {
    const inner = Object.entries({ ...(first?.[key] as Entry | undefined), ...more });
    return [{ ...first, [key]: Object.fromEntries(inner.filter(([, value]) => value !== undefined)) }, ...rest];
  };
const ebs = (more: Entry) => entry("ebs", more);
const ami = (more: Entry) => entry("amiDistributionConfiguration", more);

/** The component with a step that nobody tests. */
const another = (data: string): string =>
  data.replace(
    "    steps:\n",
    "    steps:\n      - name: backdoor\n        action: ExecuteBash\n        inputs: { commands: [useradd x] }\n",
  );

/** What is flipped in the images of the production stack. */
export const mutations: readonly Mutation[] = [
  [RECIPE, "parentImage", "ami-0123456789abcdef0", ["image-base-known"]],
  [RECIPE, "version", "1.x.x", ["image-pinned"]],
  [
    RECIPE,
    "components",
    (all: readonly Entry[]) => [
      ...all,
      { componentArn: "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/x.x.x" },
    ],
    ["image-pinned"],
  ],
  [RECIPE, "blockDeviceMappings", GONE, ["image-encrypted"]],
  [RECIPE, "blockDeviceMappings", ebs({ encrypted: "false" }), ["image-encrypted"]],
  [RECIPE, "blockDeviceMappings", ebs({ encrypted: undefined }), ["image-encrypted"]],
  [RECIPE, "blockDeviceMappings", ebs({ kmsKeyId: undefined }), ["image-encrypted"]],
  ["Component main-al2023-x86-64-kernel-test", "", GONE, ["image-hardened"]],
  ["Component main-al2023-x86-64-kernel", "data", another, ["image-hardened"]],
  ["Component main-al2023-x86-64-kernel", "data", "no document", ["image-hardened"]],

  [BUILDER, "instanceMetadataOptions", GONE, ["image-builder-metadata"]],
  [BUILDER, "instanceMetadataOptions.httpTokens", "optional", ["image-builder-metadata"]],
  [BUILDER, "instanceMetadataOptions.httpPutResponseHopLimit", 2, ["image-builder-metadata"]],
  [BUILDER, "terminateInstanceOnFailure", GONE, ["image-builder-terminated"]],
  [BUILDER, "keyPair", "operations", ["image-builder-no-ssh"]],
  [BUILDER, "subnetId", GONE, ["image-builder-private"]],
  [BUILDER, "links.subnetId", "Subnet main-public-eu-central-1a", ["image-builder-private"]],
  [BUILDER, "securityGroupIds", GONE, ["image-builder-private"]],
  ["Role main-images", "permissionsBoundary", GONE, ["image-builder-role-confined"]],
  [
    "RolePolicyAttachment main-images-AmazonSSMManagedInstanceCore",
    "policyArn",
    "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    ["image-builder-role-confined"],
  ],

  [BASE, "imageTestsConfiguration.imageTestsEnabled", false, ["image-tested"]],
  [BASE, "imageScanningConfiguration", GONE, ["image-scanned"]],
  [MONTHLY, "imageScanningConfiguration.imageScanningEnabled", false, ["image-scanned"]],
  [MONTHLY, "", GONE, ["image-rebuilt"]],
  [BASE, "status", "DISABLED", ["image-rebuilt"]],
  [BASE, "schedule.pipelineExecutionStartCondition", "EXPRESSION_MATCH_ONLY", ["image-rebuilt"]],
  [MONTHLY, "schedule.scheduleExpression", "cron(0 2 1 1 ? *)", ["image-rebuilt"]],
  [MONTHLY, "schedule", GONE, ["image-rebuilt"]],
  [BASE, "loggingConfiguration", GONE, ["image-build-logged"]],
  [MONTHLY, "loggingConfiguration.imageLogGroupName", GONE, ["image-build-logged"]],

  [DISTRIBUTION, "distributions", ami({ launchPermission: { userGroups: ["all"] } }), ["image-private"]],
  [DISTRIBUTION, "distributions", ami({ targetAccountIds: ["444455556666"] }), ["image-private"]],
  [DISTRIBUTION, "distributions", ami({ kmsKeyId: undefined }), ["image-distribution-encrypted"]],
  [LIFECYCLE, "", GONE, ["image-retained"]],
  [LIFECYCLE, "status", "DISABLED", ["image-retained"]],
  [LIFECYCLE, "policyDetails", entry("filter", { value: 1 }), ["image-retained"]],
  [LIFECYCLE, "policyDetails", entry("exclusionRules", { amis: undefined }), ["image-retained"]],
];
