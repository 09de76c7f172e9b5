import type { Behaviour, Call, Properties, UpdateCall } from "../../behaviour";
import { AwsError } from "../../error";
import { refuseUnusableKey } from "../encryption-key";
import { objects, text, texts } from "../property";
import { refuseSecondUpdate } from "./active";
import { answer } from "./answer";
import { clean, furnish, turnOnLogs } from "./furniture";
import { refuseClusterRole } from "./role";
import { refuseMove, refuseSubnets } from "./subnets";
import { CLUSTER, FARGATE, NODE_GROUP, SECURITY_GROUP, SUBNET } from "./token";
import { isOffered, minor } from "./version";

/** An EKS cluster: slow, one update at a time, and much of it fixed for life. */
export const cluster: Behaviour = {
  token: CLUSTER,
  service: "EKS",
  words: "EKS Cluster",
  replaces: [
    "name",
    "roleArn",
    "bootstrapSelfManagedAddons",
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "outpostConfig",
    "remoteNetworkConfig",
    "encryptionConfig-",
    "computeConfig.nodeRoleArn!",
    "vpcConfig.controlPlaneEgressMode:CUSTOMER_ROUTED>AWS_MANAGED",
  ],
  required: ["roleArn", "vpcConfig.subnetIds"],
  autoName: { property: "name" },
  minutes: { create: 11, update: 8, delete: 8 },
  defaults: () => ({ bootstrapSelfManagedAddons: true, deletionProtection: false }),
  references: [
    { path: "vpcConfig.subnetIds[]", to: SUBNET, missing: (id) => invalid(`The subnet ID '${id}' does not exist`) },
    {
      path: "vpcConfig.securityGroupIds[]",
      to: SECURITY_GROUP,
      missing: (id) => invalid(`The security group '${id}' does not exist`),
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const name = text(inputs, "name") ?? "";
    if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name))
      throw invalid(`The cluster name '${name}' is not valid: at most 100 of A-Z, a-z, 0-9, _ and -`);
    if (world.find(CLUSTER, name) !== undefined)
      throw new AwsError("ResourceInUseException", `Cluster already exists with name: ${name}`, 409);
    refuseClusterRole(world, inputs);
    refuseSubnets(world, inputs);
    const version = text(inputs, "version");
    if (version !== undefined && !isOffered(version)) throw invalid("unsupported Kubernetes version");
    refuseSettings(call);
    refuseUnusableKey(world, keyOf(inputs), (key) => new AwsError("NotFoundException", `Key '${key}' does not exist`));
  },
  refuseUpdate: (call) => {
    const { world, inputs, old, changed } = call;
    // Another key for an encrypted cluster is no call to EKS.
    const encrypted = keyOf(old.inputs) !== undefined;
    const sent = changed.filter((property) => property !== "encryptionConfig" || !encrypted);
    refuseSecondUpdate(world, old, sent);
    refuseSettings(call);
    refuseVersionStep(call);
    refuseModeStep(call);
    if (changed.includes("vpcConfig")) refuseMove(world, old.inputs, inputs);
    if (!encrypted)
      refuseUnusableKey(
        world,
        keyOf(inputs),
        (key) => new AwsError("NotFoundException", `Key '${key}' does not exist`),
      );
  },
  refuseDelete: ({ world, stored }) => {
    if (stored.properties["deletionProtection"] === true)
      // Code and wording not verified.
      throw new AwsError(
        "InvalidRequestException",
        `Cannot delete cluster ${stored.id} because deletion protection is enabled.`,
      );
    const attached = (token: string): boolean =>
      world.all(token).some(({ inputs }) => inputs["clusterName"] === stored.id);
    if (attached(NODE_GROUP)) throw new AwsError("ResourceInUseException", "Cluster has nodegroups attached", 409);
    if (attached(FARGATE)) throw new AwsError("ResourceInUseException", "Cluster has Fargate profiles attached", 409);
    if (stored.status === "UPDATING" || stored.status === "CREATING")
      throw new AwsError("ResourceInUseException", `Cluster ${stored.id} currently has an update in progress`, 409);
  },
  isQuiet: ({ old, changed }) =>
    changed.every(
      (property) => property === "tags" || (property === "encryptionConfig" && keyOf(old.inputs) !== undefined),
    ),
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: answer,
  afterCreate: furnish,
  afterUpdate: turnOnLogs,
  afterDelete: clean,
};

const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function refuseSettings({ inputs }: Call): void {
  const unknown = texts(inputs, "enabledClusterLogTypes").find((type) => !LOGS.includes(type));
  if (unknown !== undefined)
    throw invalid(`expected enabled_cluster_log_types to be one of [${LOGS.join(" ")}], got ${unknown}`);
  const support = text(inputs, "upgradePolicy.supportType") ?? "EXTENDED";
  if (support !== "STANDARD" && support !== "EXTENDED") throw invalid(`unsupported support type ${support}`);
  const { endpointPublicAccess, endpointPrivateAccess } = objects(inputs, "vpcConfig")[0] ?? {};
  if (endpointPublicAccess === false && endpointPrivateAccess !== true)
    throw invalid("Private and public endpoint access cannot be false");
}

function refuseVersionStep({ world, inputs, old }: UpdateCall): void {
  const [from, to] = [text(old.properties, "version") ?? "", text(inputs, "version")];
  if (to === undefined || to === from) return;
  if (minor(to) !== minor(from) + 1) throw invalid(`Unsupported Kubernetes minor version update from ${from} to ${to}`);
  if (!isOffered(to)) throw invalid("unsupported Kubernetes version");
  for (const group of world.all(NODE_GROUP)) {
    const version = text(group.properties, "version") ?? from;
    // Kubelets may be three minors older than the API server (Kubernetes version skew policy).
    if (group.inputs["clusterName"] === old.id && minor(to) - minor(version) > 3) {
      const name = text(group.properties, "nodeGroupName") ?? "";
      throw invalid(
        `Nodegroups ${name} must be updated to match cluster version ${from} before updating cluster version`,
      );
    }
  }
}

const MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function refuseModeStep({ inputs, old }: UpdateCall): void {
  const mode = (properties: Properties): string => text(properties, "accessConfig.authenticationMode") ?? "CONFIG_MAP";
  const step = MODES.indexOf(mode(inputs)) - MODES.indexOf(mode(old.properties));
  if (step !== 0 && step !== 1)
    throw invalid(`Unsupported authentication mode update from ${mode(old.properties)} to ${mode(inputs)}`);
}

const keyOf = (inputs: Properties): string | undefined => text(inputs, "encryptionConfig.provider.keyArn");

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
