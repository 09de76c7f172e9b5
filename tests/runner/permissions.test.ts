import { imageAccounts, endpointPolicy } from "../../stacks/network/endpoint-policy";
import { pipelinePolicy, runnerPolicy } from "../../stacks/runner/permissions";
import { sourceBucket } from "../../stacks/runner/name";
import { runnerTrust } from "../../stacks/runner/role";
import { sourceBucketPolicy, sourceKeyPolicy } from "../../stacks/runner/source-policy";
import { bucketKeyPolicy, secretsProviderPolicy, stateBucketPolicy } from "../../stacks/state/policy";
import { runnersOf } from "../../stacks/state/runner";
import { administrator, role, via } from "../keys/callers";
import { allows } from "../keys/evaluator";
import { ACCOUNT, clusterBlueprint, REGION, stateBlueprint } from "../layers/blueprints";
import { type Deed, speaks } from "./may";
import { COMMIT, PIPELINE, runner } from "./said";

const blueprint = clusterBlueprint({ runner });
const stack = { project: "bulwark", stack: "production" };
const policy = runnerPolicy({ blueprint, runner: { ...runner, minutes: 60, size: "medium" }, stack });
const state = `bulwark-state-${ACCOUNT}-${REGION}`;
const object = (key: string) => `arn:aws:s3:::${state}/.pulumi/${key}`;
const me = role("bulwark-production-runner");
const key = (alias: string) => ({
  resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`,
  context: { "kms:ResourceAliases": [`alias/${alias}`], ...via("s3") },
});

const CLUSTER = object("stacks/bulwark/production.json");
const PLATFORM = object("stacks/bulwark/production-platform.json");
const LOCK = object("locks/organization/bulwark/production-platform/0a1b.json");
const archive = `arn:aws:s3:::${sourceBucket(blueprint)}/platform/${COMMIT}.zip`;

const may: readonly (readonly [string, string, string, boolean])[] = [
  ["reads how the bucket is laid out", "s3:GetObject", object("meta.yaml"), true],
  ["does not change how it is laid out", "s3:PutObject", object("meta.yaml"), false],
  ["reads the cluster's state", "s3:GetObject", CLUSTER, true],
  ["does not write the cluster's state", "s3:PutObject", CLUSTER, false],
  ["writes the platform's state", "s3:PutObject", PLATFORM, true],
  ["keeps its last copy", "s3:PutObject", `${PLATFORM}.bak`, true],
  ["keeps the platform's history", "s3:PutObject", object("history/bulwark/production-platform/x.json"), true],
  ["keeps the platform's backups", "s3:PutObject", object("backups/bulwark/production-platform/x.json"), true],
  ["does not delete the platform's state", "s3:DeleteObject", PLATFORM, false],
  ["takes the platform's lock", "s3:PutObject", LOCK, true],
  ["gives the platform's lock back", "s3:DeleteObject", LOCK, true],
  ["does not lift the cluster's lock", "s3:DeleteObject", LOCK.replace("-platform", ""), false],
  ["reads no other stack's state", "s3:GetObject", CLUSTER.replace("production", "staging"), false],
  ["reads no stack whose name only begins so", "s3:GetObject", CLUSTER.replace("production", "production2"), false],
  ["reads no other project's state", "s3:GetObject", CLUSTER.replace("bulwark/", "payroll/"), false],
  ["reads no history of the cluster", "s3:GetObject", object("history/bulwark/production/x.json"), false],
];

describe("the runner's policy and the state bucket's", () => {
  const [admitted] = runnersOf(stateBlueprint({ runners: [{ cluster: "production" }] }), "bulwark");
  const bucketPolicy = stateBucketPolicy(stateBlueprint(), state, "key", admitted ? [admitted] : []);
  const asRunner = { "aws:PrincipalArn": me.arn, "aws:SecureTransport": "true", "aws:PrincipalAccount": ACCOUNT };

  it.each(may)("%s", (_what, action, resource, answer) => {
    expect(speaks(policy, "Allow", { action, resource })).toBe(answer);
  });

  it.each(may)("agree, one by what it allows and one by what it denies: %s", (_what, action, resource, answer) => {
    const context = { ...asRunner, "aws:PrincipalIsAWSService": "false" };

    expect(speaks(bucketPolicy, "Deny", { action, resource, context })).toBe(!answer);
  });

  it("leave those who deploy alone", () => {
    const context = { ...asRunner, "aws:PrincipalArn": administrator.arn, "aws:PrincipalIsAWSService": "false" };

    for (const [, action, resource] of may)
      expect(speaks(bucketPolicy, "Deny", { action, resource, context })).toBe(false);
  });

  it("let it list, since Pulumi looks what is there", () => {
    const deed = { action: "s3:ListBucket", resource: `arn:aws:s3:::${state}` };

    expect(speaks(policy, "Allow", deed)).toBe(true);
    expect(
      speaks(bucketPolicy, "Deny", { ...deed, context: { ...asRunner, "aws:PrincipalIsAWSService": "false" } }),
    ).toBe(false);
  });
});

describe("the keys of the states", () => {
  const runners = runnersOf(stateBlueprint({ runners: [{ cluster: "production" }] }), "bulwark");
  const through = { ...via("s3"), "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${state}` };

  it("admit the runner by name, and only once the state layer says so", () => {
    const request = { caller: me, action: "kms:Decrypt", context: through };

    expect(allows(bucketKeyPolicy(stateBlueprint(), state, runners), request)).toBe(true);
    expect(allows(bucketKeyPolicy(stateBlueprint(), state), request)).toBe(false);
    expect(allows(secretsProviderPolicy(stateBlueprint(), runners), { ...request, context: {} })).toBe(true);
    expect(allows(secretsProviderPolicy(stateBlueprint()), { ...request, context: {} })).toBe(false);
  });

  it("let it make no new stack's secrets, and admit no other cluster's runner", () => {
    const secrets = secretsProviderPolicy(stateBlueprint(), runners);

    expect(allows(secrets, { caller: me, action: "kms:Encrypt" })).toBe(false);
    expect(allows(secrets, { caller: role("bulwark-staging-runner"), action: "kms:Decrypt" })).toBe(false);
  });
});

describe("what else the runner may do", () => {
  const rows: readonly (readonly [string, Deed, boolean])[] = [
    ["fetches its archive", { action: "s3:GetObjectVersion", resource: archive }, true],
    ["brings no archive", { action: "s3:PutObject", resource: archive }, false],
    ["opens archives through S3", { action: "kms:Decrypt", ...key("bulwark/production/runner") }, true],
    ["uses no other key", { action: "kms:Decrypt", ...key("bulwark/production/secrets") }, false],
    [
      "pulls its image",
      { action: "ecr:BatchGetImage", resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/bulwark/runner` },
      true,
    ],
    [
      "pulls no other image",
      { action: "ecr:BatchGetImage", resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/shop` },
      false,
    ],
    [
      "describes its cluster",
      { action: "eks:DescribeCluster", resource: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/production` },
      true,
    ],
    ["changes no cluster", { action: "eks:UpdateClusterConfig", resource: "*" }, false],
    ["becomes nobody else", { action: "sts:AssumeRole", resource: `arn:aws:iam::${ACCOUNT}:role/any` }, false],
    ["reads no secret", { action: "secretsmanager:GetSecretValue", resource: "*" }, false],
    [
      "hands an interface to CodeBuild",
      {
        action: "ec2:CreateNetworkInterfacePermission",
        resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:network-interface/eni-1`,
        context: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
      },
      true,
    ],
    [
      "hands an interface to nobody else",
      {
        action: "ec2:CreateNetworkInterfacePermission",
        resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:network-interface/eni-1`,
        context: { "ec2:AuthorizedService": "lambda.amazonaws.com" },
      },
      false,
    ],
    [
      "stands in no other cluster's subnet",
      {
        action: "ec2:CreateNetworkInterface",
        resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/subnet-1`,
        context: { "aws:ResourceTag/bulwark:cluster": "staging" },
      },
      false,
    ],
  ];

  it.each(rows)("%s", (_what, deed, answer) => {
    expect(speaks(policy, "Allow", deed)).toBe(answer);
  });

  it("names the subnets where they were there before", () => {
    const network = {
      mode: "existing",
      vpcId: "vpc-0123456789abcdef0",
      subnets: { private: ["subnet-0aaaaaaaaaaaaaaa0"], intra: ["subnet-0bbbbbbbbbbbbbbb0"] },
    };
    const existing = runnerPolicy({
      blueprint: { ...blueprint, network: network as never },
      runner: { ...runner, minutes: 60, size: "medium" },
      stack,
    });
    const into = (subnet: string) => ({
      action: "ec2:CreateNetworkInterface",
      resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/${subnet}`,
    });

    expect(speaks(existing, "Allow", into("subnet-0aaaaaaaaaaaaaaa0"))).toBe(true);
    expect(speaks(existing, "Allow", into("subnet-0bbbbbbbbbbbbbbb0"))).toBe(false);
  });

  it("fits into a policy that IAM takes", () => {
    const longest = clusterBlueprint({ runner, cluster: { name: "c".repeat(41) } });
    const said = { ...runner, minutes: 60, size: "medium" } as const;

    expect(
      runnerPolicy({ blueprint: longest, runner: said, stack: { project: "bulwark", stack: "s".repeat(80) } }).length,
    ).toBeLessThan(6144);
  });

  it("is assumed by builds of this project of this account alone", () => {
    expect(JSON.parse(runnerTrust(blueprint))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "codebuild.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": ACCOUNT },
            ArnEquals: { "aws:SourceArn": `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/bulwark-production-runner` },
          },
        },
      ],
    });
  });
});

describe("archives", () => {
  const denies = (deed: Omit<Deed, "resource">) =>
    speaks(sourceBucketPolicy(blueprint, { ...runner, minutes: 60, size: "medium" }), "Deny", {
      resource: archive,
      ...deed,
      context: { "aws:SecureTransport": "true", "s3:ObjectCreationOperation": "true", ...deed.context },
    });
  const new_ = { "s3:if-none-match": "*" };

  it("are brought by the pipeline, once, and by nobody else", () => {
    const put = "s3:PutObject";

    expect(denies({ action: put, context: { ...new_, "aws:PrincipalArn": PIPELINE } })).toBe(false);
    expect(denies({ action: put, context: { "aws:PrincipalArn": PIPELINE } })).toBe(true);
    expect(denies({ action: put, context: { ...new_, "aws:PrincipalArn": administrator.arn } })).toBe(true);
    expect(denies({ action: put, context: { ...new_, "aws:PrincipalArn": me.arn } })).toBe(true);
  });

  it("are deleted by administrators alone, so that none is brought again under its name", () => {
    for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion"]) {
      expect(denies({ action, context: { "aws:PrincipalArn": PIPELINE } })).toBe(true);
      expect(denies({ action, context: { "aws:PrincipalArn": administrator.arn } })).toBe(false);
    }
  });

  it("are sealed by the pipeline and opened by the runner, through S3 and for their bucket", () => {
    const keyPolicy = sourceKeyPolicy(blueprint, { ...runner, minutes: 60, size: "medium" });
    const here = { ...via("s3"), "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${sourceBucket(blueprint)}` };
    const pipeline = role("platform-pipeline");

    expect(allows(keyPolicy, { caller: pipeline, action: "kms:GenerateDataKey", context: here })).toBe(true);
    expect(allows(keyPolicy, { caller: me, action: "kms:Decrypt", context: here })).toBe(true);
    expect(allows(keyPolicy, { caller: me, action: "kms:GenerateDataKey", context: here })).toBe(false);
    expect(allows(keyPolicy, { caller: me, action: "kms:Decrypt", context: {} })).toBe(false);
    expect(allows(keyPolicy, { caller: administrator, action: "kms:Decrypt", context: here })).toBe(false);
  });

  it("go into a bucket whose name is valid for the longest of clusters", () => {
    expect(sourceBucket(clusterBlueprint({ cluster: { name: "C".repeat(41) } }))).toMatch(/^[a-z0-9-]{3,63}$/);
  });
});

describe("the pipeline's policy", () => {
  it("starts builds of this project, and neither runs one again nor changes the project", () => {
    const resource = `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/bulwark-production-runner`;
    const on = (action: string) => speaks(pipelinePolicy(blueprint), "Allow", { action, resource });

    expect(on("codebuild:StartBuild")).toBe(true);
    for (const action of ["codebuild:RetryBuild", "codebuild:UpdateProject", "codebuild:StartSandbox", "iam:PassRole"])
      expect(on(action)).toBe(false);
  });
});

describe("the endpoints", () => {
  const passes = (service: string, deed: Deed, account = ACCOUNT) =>
    speaks(endpointPolicy(service, { account: ACCOUNT, region: REGION }), "Allow", {
      ...deed,
      context: { "aws:PrincipalAccount": account, "aws:ResourceAccount": ACCOUNT, ...deed.context },
    });

  it.each([
    ["s3", "s3:PutObject", PLATFORM],
    ["s3", "s3:GetObject", archive],
    ["kms", "kms:Decrypt", `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`],
    ["logs", "logs:PutLogEvents", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/bulwark/production/runner:*`],
    ["ecr.api", "ecr:GetAuthorizationToken", "*"],
    ["ecr.dkr", "ecr:BatchGetImage", `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/bulwark/runner`],
    ["eks", "eks:DescribeCluster", `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/production`],
    ["sts", "sts:GetCallerIdentity", "*"],
  ])("let the runner pass to %s for %s, and nobody of another account", (service, action, resource) => {
    expect(passes(service, { action, resource })).toBe(true);
    expect(passes(service, { action, resource }, "444455556666")).toBe(false);
  });

  it("know the accounts of system images besides, none of which is ours", () => {
    expect(imageAccounts(REGION)).not.toContain(ACCOUNT);
  });
});
