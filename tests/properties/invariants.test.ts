import { clusterLayer } from "../../stacks/cluster-layer";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";
import { runner } from "../runner/said";
import { breaches } from "./invariants";

// A run of the cluster layer with everything in it makes some four hundred resources.
jest.setTimeout(120_000);

const words = {
  reason: "the auditors read this until the tunnel is up",
  by: "platform@example.com",
  until: "2027-03-31",
};
const blueprint = clusterBlueprint({
  cluster: { name: "production", endpoint: { access: "public", from: ["203.0.113.0/28"], reason: words.reason } },
  nodes: { pools: { system: {}, near: { hopLimit: { value: 2, ...words } } } },
  images: [{ family: "al2023" }],
  edge: {
    hosts: ["shop.example.com"],
    zone: { mode: "create", name: "example.com" },
    exposure: { to: "internet", reason: words.reason },
    shield: { advanced: "refused", reason: words.reason, by: words.by },
  },
  runner,
  tunnel: {},
});

type Inputs = Record<string, unknown>;

/** What is broken, by the type of resource and, where it matters, its name. */
const BROKEN: readonly (readonly [says: RegExp, type: string, change: (inputs: Inputs) => void, name?: string])[] = [
  [/^cluster main does not answer inside/, "eks/cluster", set("vpcConfig.endpointPrivateAccess", false)],
  [
    /^cluster main is public for 0\.0\.0\.0\/0 instead/,
    "eks/cluster",
    set("vpcConfig.publicAccessCidrs", ["0.0.0.0/0"]),
  ],
  [/^cluster main is public for everybody/, "eks/cluster", set("vpcConfig.publicAccessCidrs", ["0.0.0.0/0"])],
  [/^secrets of main/, "eks/cluster", set("encryptionConfig", undefined)],
  [/leaves its disks to the image/, "ec2/launchTemplate", set("blockDeviceMappings", [])],
  [/^disk .* of template/, "ec2/launchTemplate", set("blockDeviceMappings.0.ebs.encrypted", "false")],
  [/^disk .* of template/, "ec2/launchTemplate", set("blockDeviceMappings.0.ebs.kmsKeyId", undefined)],
  [
    /^metadata of template main-system travel 2/,
    "ec2/launchTemplate",
    set("metadataOptions.httpPutResponseHopLimit", 2),
    "main-system",
  ],
  [
    /^metadata of template main-near travel 3/,
    "ec2/launchTemplate",
    set("metadataOptions.httpPutResponseHopLimit", 3),
    "main-near",
  ],
  [/^metadata of template .* need no token/, "ec2/launchTemplate", set("metadataOptions.httpTokens", "optional")],
  [/^log group .* is not encrypted/, "cloudwatch/logGroup", set("kmsKeyId", undefined)],
  [/trusts \* without a condition/, "iam/role", set("assumeRolePolicy", trust("*"))],
  [/trusts 111122223333 without a condition/, "iam/role", set("assumeRolePolicy", trust("111122223333"))],
  [/^a disk of instance main-tunnel/, "ec2/instance", set("rootBlockDevice.encrypted", false)],
  [/^instance main-tunnel may get a public address/, "ec2/instance", set("associatePublicIpAddress", undefined)],
  [/^metadata of instance main-tunnel travel 2/, "ec2/instance", set("metadataOptions.httpPutResponseHopLimit", 2)],
  [/^metadata of instance main-tunnel need no token/, "ec2/instance", set("metadataOptions.httpTokens", "optional")],
  [/^a disk of recipe/, "imagebuilder/imageRecipe", set("blockDeviceMappings.0.ebs.encrypted", undefined)],
  [/^recipe .* leaves its disks/, "imagebuilder/imageRecipe", set("blockDeviceMappings", undefined)],
  [
    /^images of .* are not encrypted/,
    "imagebuilder/distributionConfiguration",
    set("distributions.0.amiDistributionConfiguration.kmsKeyId", undefined),
  ],
  [
    /^images of .* may be started by others/,
    "imagebuilder/distributionConfiguration",
    set("distributions.0.amiDistributionConfiguration.launchPermission", { userGroups: ["all"] }),
  ],
  [/^builds of main-runner are privileged/, "codebuild/project", set("environment.privilegedMode", true)],
  [
    /^builds of main-runner have variables/,
    "codebuild/project",
    set("environment.environmentVariables", [{ name: "TOKEN", value: "secret" }]),
  ],
  [/^what builds of main-runner leave/, "codebuild/project", set("encryptionKey", undefined)],
  [/^builds of main-runner run outside/, "codebuild/project", set("vpcConfig", undefined)],
  [/^builds of main-runner may be read/, "codebuild/project", set("projectVisibility", "PUBLIC_READ")],
  [/^group .* has from 5/, "eks/nodeGroup", set("scalingConfig.minSize", 5)],
  [/keeps no access log/, "lb/loadBalancer", set("accessLogs.enabled", false)],
];

/** What is broken by leaving all resources of a type out. */
const WITHOUT: readonly (readonly [says: RegExp, type: string])[] = [
  [/^bucket .* is not encrypted/, "s3/bucketServerSideEncryptionConfiguration"],
  [/has no web ACL$/, "wafv2/webAclAssociation"],
  [/^the web ACL of .* keeps no log/, "wafv2/webAclLoggingConfiguration"],
  [/^pool .* has no template of its own/, "ec2/launchTemplate"],
];

const rows = BROKEN.map(([says, type, change, name]) => ({ says, type, change, name }));

describe("what must never be registered", () => {
  let registrations: readonly Registration[];
  beforeAll(async () => {
    ({ registrations } = await run(() => clusterLayer(blueprint), { preview: true }));
  });

  it("is found nowhere in a cluster with all its parts", () => {
    expect(breaches(registrations, blueprint)).toEqual([]);
  });

  it.each(rows)("is told as $says where $type is otherwise", ({ says, type, change, name }) => {
    const changed = registrations.map((one) => {
      if (!one.type.startsWith(`aws:${type}:`) || (name ?? one.name) !== one.name) return one;
      const inputs = structuredClone(one.inputs) as Inputs;
      change(inputs);
      return { ...one, inputs };
    });

    expect(breaches(changed, blueprint)).toContainEqual(expect.stringMatching(says));
  });

  it.each(WITHOUT)("is told as %p where there is no %s", (says, type) => {
    const rest = registrations.filter((one) => !one.type.startsWith(`aws:${type}:`));

    expect(breaches(rest, blueprint)).toContainEqual(expect.stringMatching(says));
  });

  it("is a public API or a second hop for which nobody gave a reason", () => {
    const told = breaches(registrations, clusterBlueprint());

    expect(told).toContain("cluster main is public without a reason");
    expect(told).toContain("metadata of template main-near travel 2 hops");
  });
});

/** Sets the value at a dotted path. */
function set(path: string, value: unknown): (inputs: Inputs) => void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  return (inputs) => {
    const holder = parts.reduce((inner, part) => inner[part] as Inputs, inputs);
    holder[last] = value;
  };
}

function trust(AWS: string): string {
  return JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }] });
}
