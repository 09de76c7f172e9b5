import { GONE, type Mutation, statement } from "./mutation";

const PROJECT = "Project main-runner";
const IMAGE = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/bulwark/runner";
const MACHINE = "Instance main-tunnel";
const TRUST = "assumeRolePolicy";
const ACCOUNT = { "aws:SourceAccount": "111122223333" };
const AS_IT_IS = { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/platform-pipeline" } };

/** What is flipped in the machines that reach the production cluster's API from inside: for builds, and for people. */
export const mutations: readonly Mutation[] = [
  [PROJECT, "environment.image", `${IMAGE}:latest`, ["runner-image-pinned"]],
  [PROJECT, "environment.image", "aws/codebuild/standard:7.0", ["runner-image-pinned"]],
  [
    PROJECT,
    "environment.image",
    `${IMAGE.replace("111122223333", "444455556666")}@sha256:${"0".repeat(64)}`,
    ["runner-image-pinned"],
  ],
  [PROJECT, "environment.imagePullCredentialsType", GONE, ["runner-image-pinned"]],
  [PROJECT, "environment.privilegedMode", true, ["runner-unprivileged"]],
  [PROJECT, "environment.privilegedMode", GONE, []],
  [PROJECT, "environment.environmentVariables", [{ name: "TOKEN", value: "x" }], ["runner-no-plaintext"]],
  [PROJECT, "source.location", "archives/platform/main.zip", ["runner-source-kept", "runner-source-reviewed"]],
  [PROJECT, "source.type", "GITHUB", ["runner-source-reviewed"]],
  [PROJECT, "source.buildspec", GONE, ["runner-own-commands"]],
  [PROJECT, "source.buildspec", "buildspec.yml", ["runner-own-commands"]],
  [PROJECT, "secondarySources", [{ sourceIdentifier: "more", type: "S3" }], ["runner-source-reviewed"]],
  [PROJECT, "vpcConfig", GONE, ["runner-private-subnets"]],
  [PROJECT, "links.vpcConfig", "SecurityGroup main-nodes", ["runner-group-confined"]],
  [PROJECT, "encryptionKey", GONE, ["runner-own-key"]],
  [PROJECT, "logsConfig", GONE, ["runner-logged"]],
  [PROJECT, "logsConfig.cloudwatchLogs.status", "DISABLED", ["runner-logged"]],
  [PROJECT, "logsConfig.s3Logs.status", "ENABLED", ["runner-logged"]],
  [PROJECT, "badgeEnabled", true, ["runner-not-public"]],
  [PROJECT, "projectVisibility", "PUBLIC_READ", ["runner-not-public"]],
  [PROJECT, "concurrentBuildLimit", GONE, ["runner-one-at-a-time"]],
  [PROJECT, "buildTimeout", 480, ["runner-one-at-a-time"]],
  [PROJECT, "autoRetryLimit", 2, ["runner-one-at-a-time"]],
  [PROJECT, "links.serviceRole", "Role main-nodes", ["runner-role-bounded", "runner-role-trust"]],

  [
    "Role main-runner",
    TRUST,
    statement("ThisProject", { Condition: { StringEquals: ACCOUNT } }),
    ["runner-role-trust"],
  ],
  [
    "Role main-runner",
    TRUST,
    statement("ThisProject", { Condition: {} }),
    ["iam-service-trust-confined", "runner-role-trust"],
  ],
  ["Role main-runner", "permissionsBoundary", GONE, ["runner-role-bounded"]],
  ["Role main-runner", "managedPolicyArns", ["arn:aws:iam::aws:policy/ReadOnlyAccess"], ["runner-role-bounded"]],
  ["RolePolicy main-runner", "policy", statement("StateRead", { Action: ["s3:*"] }), ["iam-no-service-wildcards"]],
  ["RolePolicy main-runner", "policy", statement("StateRead", { Resource: "*" }), ["iam-restricted-resources"]],
  ["RolePolicy main-runner", "policy", statement("StateSecrets", { Condition: {} }), ["iam-no-decrypt-everything"]],
  ["RolePolicy main-runner", "policy", statement("Interface", { Resource: "*" }), ["iam-restricted-resources"]],
  ["LogGroup main-runner", "kmsKeyId", GONE, ["logs-encrypted"]],
  ["LogGroup main-runner", "protect", false, ["logs-protected"]],

  ["BucketPolicy main-runner", "policy", statement("OnlyPipeline", { Condition: {} }), ["runner-source-kept"]],
  ["BucketPolicy main-runner", "policy", statement("OnlyOnce", { Condition: AS_IT_IS }), ["runner-source-kept"]],
  ["BucketPolicy main-runner", "policy", statement("Kept", { Action: "s3:DeleteObject" }), ["runner-source-kept"]],
  ["BucketPolicy main-runner", "policy", statement("TlsOnly", { Condition: {} }), ["bucket-tls-only"]],
  ["BucketPolicy main-runner", "", GONE, ["bucket-tls-only", "runner-source-kept"]],

  ["EventRule main-runner", "", GONE, ["runner-alarmed"]],
  ["EventRule main-runner", "state", "DISABLED", ["runner-alarmed"]],
  ["EventRule main-runner-overrides", "", GONE, ["runner-alarmed"]],
  ["EventRule main-runner-overrides", "eventPattern", '{"detail":{}}', ["runner-alarmed"]],
  ["EventTarget main-runner", "", GONE, ["runner-alarmed"]],
  ["EventTarget main-runner-overrides", "roleArn", GONE, ["runner-alarmed"]],

  ["SecurityGroupEgressRule main-runner-to-cluster-tcp-443", "toPort", 8443, ["runner-group-confined"]],
  ["SecurityGroupEgressRule main-tunnel-to-endpoints-tcp-443", "referencedSecurityGroupId", GONE, ["tunnel-closed"]],
  [MACHINE, "associatePublicIpAddress", true, ["tunnel-closed"]],
  [MACHINE, "associatePublicIpAddress", GONE, ["tunnel-closed"]],
  [MACHINE, "keyName", "operations", ["tunnel-closed"]],
  [MACHINE, "links.subnetId", "Subnet main-public-eu-central-1a", ["tunnel-closed"]],
  [MACHINE, "metadataOptions.httpTokens", "optional", ["tunnel-metadata"]],
  [MACHINE, "metadataOptions.httpPutResponseHopLimit", 2, ["tunnel-metadata"]],
  [MACHINE, "metadataOptions", GONE, ["tunnel-metadata"]],
  [MACHINE, "rootBlockDevice.encrypted", GONE, ["tunnel-disk-encrypted"]],
  ["Document main-tunnel", "content", freed("host"), ["tunnel-one-way"]],
  ["Document main-tunnel", "content", freed("portNumber"), ["tunnel-one-way"]],
  ["Policy main-tunnel-people", "policy", statement("ThisMachine", { Condition: {} }), ["tunnel-document-checked"]],
  ["RolePolicy main-tunnel", "policy", statement("Registration", { Resource: "*" }), ["iam-restricted-resources"]],
];

/** The session document with one of its fields left to whoever opens a session. */
function freed(field: string) {
  return (content: string) => {
    const document = JSON.parse(content) as { readonly properties: object };
    return JSON.stringify({ ...document, properties: { ...document.properties, [field]: `{{ ${field} }}` } });
  };
}
