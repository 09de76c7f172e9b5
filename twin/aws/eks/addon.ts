import type { Behaviour, Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { accountOf, regionalArn } from "../arn";
import { roleByArn, trusts } from "../iam/trust";
import { kept } from "../kept";
import { objects, text } from "../property";
import { ofCluster, runningCluster } from "./active";
import { addonVersion, isAddonVersion } from "./addon-version";
import { ADDON, CLUSTER, NODE_GROUP } from "./token";

/** Add-ons that are Deployments: without a node they stay DEGRADED until the provider gives up. */
const NEED_NODES = [
  "coredns",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "metrics-server",
  "snapshot-controller",
  "cert-manager",
  "external-dns",
];

/** Add-ons a new cluster carries by itself unless bootstrapSelfManagedAddons is false. */
const SELF_MANAGED = ["vpc-cni", "coredns", "kube-proxy"];

/** An add-on EKS manages. */
export const addon: Behaviour = {
  token: ADDON,
  service: "EKS",
  words: "EKS Add-On",
  replaces: ["addonName", "clusterName", "namespaceConfig"],
  required: ["addonName", "clusterName"],
  minutes: { create: 1, update: 1, delete: 1 },
  references: [ofCluster],
  defaults: () => ({ configurationValues: "", preserve: false }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    runningCluster(call);
    if (world.find(ADDON, idOf(call)) !== undefined)
      throw new AwsError("ResourceInUseException", "Addon already exists.", 409);
    refuseSettings(call);
    if (inputs["resolveConflictsOnCreate"] === "PRESERVE") throw invalid("PRESERVE is for updates only"); // wording not verified
  },
  refuseUpdate: (call) => {
    runningCluster(call);
    refuseSettings(call);
  },
  id: idOf,
  outputs: (call, id) => {
    const { world, inputs } = call;
    const [clusterName, name] = [text(inputs, "clusterName") ?? "", text(inputs, "addonName") ?? ""];
    return {
      arn: regionalArn(world, "eks", `addon/${clusterName}/${name}/${world.uuid()}`),
      addonVersion:
        inputs["addonVersion"] ?? kept(world, ADDON, id, "addonVersion", addonVersion(name, versionOf(call))),
      createdAt: kept(world, ADDON, id, "createdAt", world.now()),
      modifiedAt: world.now(),
    };
  },
  afterCreate: refuseUnhealthy,
};

/** What makes an add-on exist and fail: a self-managed copy in its way, or no node to run on. */
function refuseUnhealthy(call: Call): void {
  const { world, inputs } = call;
  const cluster = runningCluster(call);
  const name = text(inputs, "addonName") ?? "";
  if (
    SELF_MANAGED.includes(name) &&
    cluster.properties["bootstrapSelfManagedAddons"] !== false &&
    inputs["resolveConflictsOnCreate"] !== "OVERWRITE"
  )
    throw failed(
      "CREATE_FAILED",
      "ConfigurationConflict",
      "Conflicts found when trying to apply. Will not continue due to resolve conflicts mode.",
    );
  const hasNodes = world.all(NODE_GROUP).some((group) => group.inputs["clusterName"] === cluster.id);
  if (NEED_NODES.includes(name) && !hasNodes)
    throw new AwsError(
      "InsufficientNumberOfReplicas",
      "timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED', timeout: 20m0s): The add-on is unhealthy because it doesn't have the desired number of replicas.",
    );
}

function refuseSettings(call: Call): void {
  const { world, inputs } = call;
  const name = text(inputs, "addonName") ?? "";
  const kubernetes = versionOf(call);
  if (addonVersion(name, kubernetes) === undefined)
    throw invalid(`Addon ${name} specified is not supported in ${kubernetes} kubernetes version`);
  const version = text(inputs, "addonVersion");
  if (version !== undefined && !isAddonVersion(name, version, kubernetes))
    throw invalid("Addon version specified is not supported");
  const role = text(inputs, "serviceAccountRoleArn");
  if (role !== undefined && accountOf(role) === world.accountId && roleByArn(world, role) === undefined)
    throw invalid(`Role ${role} does not exist`); // wording not verified
  for (const association of objects(inputs, "podIdentityAssociations")) refuseAssociation(call, association);
  const values = text(inputs, "configurationValues");
  // AWS takes JSON and YAML; only what begins as JSON can be judged here.
  if (values?.trimStart().startsWith("{") === true && !isJson(values))
    throw invalid("ConfigurationValue provided in request is not supported");
}

/** What EKS asks of a role that an add-on brings along: the same as of an association of its own. */
function refuseAssociation({ world }: Call, association: Properties): void {
  const arn = text(association, "roleArn") ?? "";
  const role = roleByArn(world, arn);
  if (accountOf(arn) !== world.accountId || role === undefined)
    throw invalid("Role provided in the request does not exist");
  if (!trusts(role, "pods.eks.amazonaws.com"))
    throw invalid("Trust policy of the role does not allow pods.eks.amazonaws.com"); // wording not verified
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function idOf({ inputs }: Call): string {
  return `${text(inputs, "clusterName") ?? ""}:${text(inputs, "addonName") ?? ""}`;
}

const versionOf = ({ world, inputs }: Call): string =>
  text(world.find(CLUSTER, text(inputs, "clusterName") ?? "")?.properties ?? {}, "version") ?? "";

const failed = (state: string, code: string, message: string): AwsError =>
  new AwsError(code, `unexpected state '${state}', wanted target 'ACTIVE'. last error: ${code}: ${message}`);

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
