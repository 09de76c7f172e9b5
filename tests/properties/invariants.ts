import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import type { Registration } from "../../twin/registration";
import { ACCOUNT } from "../layers/blueprints";

type Inputs = Readonly<Record<string, unknown>>;

/** What must never be registered, whatever a configuration says; each sentence is one breach. */
export function breaches(registrations: readonly Registration[], blueprint?: ClusterBlueprint): string[] {
  return [
    ...endpoints(registrations, blueprint),
    ...volumes(registrations),
    ...trusts(registrations),
    ...hops(registrations, blueprint),
    ...sizes(registrations, blueprint),
    ...machines(registrations),
    ...images(registrations),
    ...runners(registrations),
    ...loadBalancers(registrations),
  ];
}

const of = (all: readonly Registration[], type: string) => all.filter((one) => one.type === type);
const maps = (value: unknown): readonly Inputs[] => (Array.isArray(value) ? (value as Inputs[]) : []);
const map = (value: unknown): Inputs => (value ?? {}) as Inputs;

/** The API is public only for a list of addresses that the blueprint holds, with a reason. */
function* endpoints(all: readonly Registration[], blueprint?: ClusterBlueprint): Generator<string> {
  for (const { inputs, name } of of(all, "aws:eks/cluster:Cluster")) {
    const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs } = map(inputs["vpcConfig"]);
    const asked = blueprint?.cluster.endpoint;
    if (endpointPrivateAccess !== true) yield `cluster ${name} does not answer inside the VPC`;
    if (endpointPublicAccess === false) continue;
    const reason = asked?.access === "public" ? asked.reason.trim() : "";
    const from = asked?.access === "public" ? [...asked.from] : [];
    const allowed = Array.isArray(publicAccessCidrs) ? publicAccessCidrs.map(String) : [];
    if (reason.length < 15) yield `cluster ${name} is public without a reason`;
    if (from.length === 0 || allowed.toSorted().join() !== from.toSorted().join())
      yield `cluster ${name} is public for ${allowed.join()} instead of ${from.join()}`;
    if (allowed.some((cidr) => /\/0$/.test(cidr))) yield `cluster ${name} is public for everybody`;
  }
}

/** Wherever something can be encrypted it is; a node's disks and logs under a key of ours. */
function* volumes(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name } of of(all, "aws:ec2/launchTemplate:LaunchTemplate")) {
    const devices = maps(inputs["blockDeviceMappings"]);
    if (devices.length === 0) yield `template ${name} leaves its disks to the image`;
    for (const { ebs, deviceName } of devices)
      if (String(map(ebs)["encrypted"]) !== "true" || !isSaid(map(ebs)["kmsKeyId"]))
        yield `disk ${String(deviceName)} of template ${name} is not encrypted with a key of ours`;
  }
  for (const { type, inputs, name } of all)
    if (inputs["encrypted"] === false || inputs["encrypted"] === "false") yield `${type} ${name} is not encrypted`;
  for (const { inputs, name } of of(all, "aws:cloudwatch/logGroup:LogGroup"))
    if (!isSaid(inputs["kmsKeyId"])) yield `log group ${name} is not encrypted with a key of ours`;
  for (const { inputs, name } of of(all, "aws:eks/cluster:Cluster"))
    if (!isSaid(map(map(inputs["encryptionConfig"])["provider"])["keyArn"]))
      yield `secrets of ${name} are not encrypted`;
  const encrypted = of(all, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration");
  for (const { name, urn } of of(all, "aws:s3/bucket:Bucket"))
    if (!encrypted.some(({ propertyDependencies: from }) => from["bucket"]?.includes(urn) === true))
      yield `bucket ${name} is not encrypted`;
}

const isSaid = (value: unknown): boolean => typeof value === "string" && value !== "";

interface Statement {
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: object;
}

/** Nobody in the account, let alone in the world, becomes a role merely by being there. */
function* trusts(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name } of of(all, "aws:iam/role:Role")) {
    const { Statement: one } = JSON.parse(String(inputs["assumeRolePolicy"])) as { Statement: Statement | Statement[] };
    for (const { Effect, Principal = {}, Condition } of [one].flat())
      if (Effect === "Allow" && Object.keys(Condition ?? {}).length === 0)
        for (const principal of typeof Principal === "string" ? [Principal] : Object.values(Principal).flat())
          if (principal.includes("*") || principal === ACCOUNT || principal.endsWith(":root"))
            yield `role ${name} trusts ${principal} without a condition`;
  }
}

/** A pod is one hop from the instance metadata, and goes further only for a reason, until a day, and then one hop. */
function* hops(all: readonly Registration[], blueprint?: ClusterBlueprint): Generator<string> {
  const pools = blueprint?.nodes.pools ?? {};
  for (const { inputs, name } of of(all, "aws:ec2/launchTemplate:LaunchTemplate")) {
    const { httpPutResponseHopLimit: limit, httpTokens } = map(inputs["metadataOptions"]);
    const { reason = "", by = "", until = "" } = pools[name.replace(/^main-/, "")]?.hopLimit ?? {};
    const farthest = reason.trim().length >= 15 && by !== "" && until !== "" ? 2 : 1;
    if (limit !== 1 && limit !== farthest) yield `metadata of template ${name} travel ${String(limit)} hops`;
    if (httpTokens !== "required") yield `metadata of template ${name} need no token`;
  }
}

/** Each pool has a template of its own, and its group a size that EKS takes. */
function* sizes(all: readonly Registration[], blueprint?: ClusterBlueprint): Generator<string> {
  const templates = of(all, "aws:ec2/launchTemplate:LaunchTemplate").map(({ name }) => name);
  for (const pool of Object.keys(blueprint?.nodes.pools ?? {}))
    if (!templates.includes(`main-${pool}`)) yield `pool ${pool} has no template of its own`;
  for (const { inputs, name } of of(all, "aws:eks/nodeGroup:NodeGroup")) {
    const { minSize, desiredSize, maxSize } = map(inputs["scalingConfig"]);
    const [least = NaN, wanted = NaN, most = NaN] = [minSize, desiredSize, maxSize].map(Number);
    if (!(least <= wanted && wanted <= most && most >= 1))
      yield `group ${name} has from ${least} to ${most} nodes and wants ${wanted}`;
  }
}

/** A machine that is no node: encrypted, without a public address, its metadata for itself alone. */
function* machines(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name } of of(all, "aws:ec2/instance:Instance")) {
    const devices = [map(inputs["rootBlockDevice"]), ...maps(inputs["ebsBlockDevices"])];
    if (devices.some(({ encrypted }) => encrypted !== true)) yield `a disk of instance ${name} is not encrypted`;
    if (inputs["associatePublicIpAddress"] !== false) yield `instance ${name} may get a public address`;
    yield* metadata(`instance ${name}`, inputs["metadataOptions"]);
  }
  for (const { inputs, name } of of(all, "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration"))
    yield* metadata(`build ${name}`, inputs["instanceMetadataOptions"]);
}

function* metadata(whose: string, options: unknown): Generator<string> {
  const { httpPutResponseHopLimit: limit, httpTokens } = map(options);
  if (limit !== 1) yield `metadata of ${whose} travel ${String(limit)} hops`;
  if (httpTokens !== "required") yield `metadata of ${whose} need no token`;
}

/** An image is encrypted with a key of ours where it is built and where it goes, and nobody else may start it. */
function* images(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name } of of(all, "aws:imagebuilder/imageRecipe:ImageRecipe")) {
    const devices = maps(inputs["blockDeviceMappings"]);
    if (devices.length === 0) yield `recipe ${name} leaves its disks to the base image`;
    for (const { ebs } of devices)
      if (String(map(ebs)["encrypted"]) !== "true" || !isSaid(map(ebs)["kmsKeyId"]))
        yield `a disk of recipe ${name} is not encrypted with a key of ours`;
  }
  for (const { inputs, name } of of(all, "aws:imagebuilder/distributionConfiguration:DistributionConfiguration"))
    for (const { amiDistributionConfiguration: ami } of maps(inputs["distributions"])) {
      if (!isSaid(map(ami)["kmsKeyId"])) yield `images of ${name} are not encrypted with a key of ours`;
      if (map(ami)["launchPermission"] !== undefined) yield `images of ${name} may be started by others`;
    }
}

/** What runs builds holds no machine of AWS's, no secret in the clear, and nothing that is not under a key of ours. */
function* runners(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name } of of(all, "aws:codebuild/project:Project")) {
    const { privilegedMode, environmentVariables } = map(inputs["environment"]);
    if (privilegedMode !== false) yield `builds of ${name} are privileged`;
    if (maps(environmentVariables).some(({ type = "PLAINTEXT" }) => type === "PLAINTEXT"))
      yield `builds of ${name} have variables in the clear`;
    if (!isSaid(inputs["encryptionKey"])) yield `what builds of ${name} leave is not encrypted with a key of ours`;
    if (map(inputs["vpcConfig"])["subnets"] === undefined) yield `builds of ${name} run outside the VPC`;
    if (inputs["projectVisibility"] !== "PRIVATE") yield `builds of ${name} may be read by everybody`;
  }
}

/** Whoever faces the internet stands behind a web ACL that keeps a log, and keeps one too. */
function* loadBalancers(all: readonly Registration[]): Generator<string> {
  for (const { inputs, name, urn } of of(all, "aws:lb/loadBalancer:LoadBalancer")) {
    if (map(inputs["accessLogs"])["enabled"] !== true) yield `load balancer ${name} keeps no access log`;
    if (inputs["internal"] === true) continue;
    const acls = of(all, "aws:wafv2/webAclAssociation:WebAclAssociation")
      .filter(({ propertyDependencies: from }) => from["resourceArn"]?.includes(urn))
      .flatMap(({ propertyDependencies: from }) => from["webAclArn"] ?? []);
    if (acls.length === 0) yield `load balancer ${name} has no web ACL`;
    const logged = of(all, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    for (const acl of acls)
      if (!logged.some(({ propertyDependencies: from }) => from["resourceArn"]?.includes(acl)))
        yield `the web ACL of load balancer ${name} keeps no log`;
  }
}
