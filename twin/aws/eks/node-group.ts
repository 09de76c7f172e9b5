import type { Behaviour, Call, DeleteCall } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { roleByArn, trusts } from "../iam/trust";
import { kept } from "../kept";
import { objects, text, texts } from "../property";
import { authenticationMode, ofCluster, runningCluster } from "./active";
import { imageOf, refuseImage } from "./node-image";
import { missingNodePolicy } from "./role";
import { unreachable } from "./route";
import { ACCESS_ENTRY, AUTO_SCALING_GROUP, CLUSTER, LAUNCH_TEMPLATE, NODE_GROUP, SUBNET } from "./token";
import { isOffered, minor } from "./version";

/** A managed node group. A group whose nodes cannot join fails after half an hour and stays, failed. */
export const nodeGroup: Behaviour = {
  token: NODE_GROUP,
  service: "EKS",
  words: "EKS Node Group",
  replaces: [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
  ],
  required: [
    "clusterName",
    "nodeRoleArn",
    "subnetIds",
    "scalingConfig.desiredSize",
    "scalingConfig.maxSize",
    "scalingConfig.minSize",
  ],
  autoName: { property: "nodeGroupName" },
  minutes: { create: 3, update: 10, delete: 5 },
  references: [
    ofCluster,
    { path: "subnetIds[]", to: SUBNET, missing: (id) => invalid(`The subnet ID '${id}' does not exist`) },
    {
      path: "launchTemplate.id",
      to: LAUNCH_TEMPLATE,
      missing: (id) => invalid(`The launch template '${id}' does not exist`),
    },
  ],
  defaults: (call) => ({
    amiType: imageOf(call) === undefined ? "AL2023_x86_64_STANDARD" : "CUSTOM", // not verified
    capacityType: "ON_DEMAND",
    ...(call.inputs["launchTemplate"] === undefined && {
      diskSize: (text(call.inputs, "amiType") ?? "").startsWith("WINDOWS") ? 50 : 20,
      instanceTypes: ["t3.medium"],
    }),
    nodeRepairConfig: { enabled: false },
    updateConfig: { maxUnavailable: 1 },
  }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    runningCluster(call);
    const name = text(inputs, "nodeGroupName") ?? "";
    if (name.length > 63) throw invalid(`nodegroup name can't be longer than 63 characters!`);
    if (world.find(NODE_GROUP, idOf(call)) !== undefined)
      throw new AwsError(
        "ResourceInUseException",
        `NodeGroup already exists with name ${name} and cluster name ${text(inputs, "clusterName") ?? ""}`,
        409,
      );
    refuseSettings(call);
    const arn = text(inputs, "nodeRoleArn") ?? "";
    const role = roleByArn(world, arn);
    if (role === undefined || !trusts(role, "ec2.amazonaws.com"))
      throw invalid("The role with name could not be assumed because the trusted entity is not correct");
  },
  refuseUpdate: (call) => {
    runningCluster(call);
    if (call.old.status === "UPDATING")
      throw new AwsError(
        "ResourceInUseException",
        `Nodegroup ${text(call.inputs, "nodeGroupName") ?? ""} currently has update ${call.world.uuid("update")} in progress`,
        409,
      );
    refuseSettings(call);
  },
  id: idOf,
  outputs: (call, id) => {
    const { world, inputs } = call;
    const { name, uuid } = parts(call);
    const version = inputs["version"] ?? kept(world, NODE_GROUP, id, "version", clusterVersion(call));
    return {
      arn: regionalArn(world, "eks", `nodegroup/${text(inputs, "clusterName") ?? ""}/${name}/${uuid}`),
      resources: [{ autoscalingGroups: [{ name: `eks-${name}-${uuid}` }], remoteAccessSecurityGroupId: "" }],
      status: "ACTIVE",
      version,
      // Of an image of one's own EKS knows only the id.
      releaseVersion: imageOf(call) ?? inputs["releaseVersion"] ?? `${String(version)}.1-20251120`,
    };
  },
  afterCreate: (call) => {
    const { world, inputs } = call;
    const { name, uuid } = parts(call);
    const [cluster, principalArn] = [text(inputs, "clusterName") ?? "", text(inputs, "nodeRoleArn") ?? ""];
    const make = (type: string, id: string, called: string): void => {
      world.makeBehindTheBack({
        type,
        id,
        properties: { name: called },
        note: `EKS made it for node group ${name}; it goes with the group`,
      });
    };
    make(AUTO_SCALING_GROUP, `eks-${name}-${uuid}`, `eks-${name}-${uuid}`);
    make(LAUNCH_TEMPLATE, templateId(call), `eks-${uuid}`);
    const entry = `${cluster}:${principalArn}`;
    if (authenticationMode(runningCluster(call)) !== "CONFIG_MAP" && world.find(ACCESS_ENTRY, entry) === undefined) {
      const properties = {
        clusterName: cluster,
        principalArn,
        type: "EC2_LINUX",
        userName: "system:node:{{EC2PrivateDNSName}}",
      };
      world.makeBehindTheBack({
        type: ACCESS_ENTRY,
        id: entry,
        inputs: properties,
        properties,
        note: `EKS let the nodes of ${name} in; it goes with the cluster`,
      });
    }
    ensureServiceLinkedRole(world, "eks-nodegroup.amazonaws.com");
    ensureServiceLinkedRole(world, "autoscaling.amazonaws.com");
    refuseStrandedNodes(call);
  },
  afterDelete: tidy,
};

/** A group whose nodes cannot join exists all the same, failed, until somebody deletes it. */
function refuseStrandedNodes({ world, inputs }: Call): void {
  const policy = missingNodePolicy(world, text(inputs, "nodeRoleArn") ?? "");
  const stranded = "NodeCreationFailure: Instances failed to join the kubernetes cluster";
  const failure = policy === undefined ? unreachable(world, texts(inputs, "subnetIds")) : stranded;
  if (failure === undefined) return;
  const code = failure.split(":")[0] ?? "";
  throw new AwsError(code, `unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: ${failure}`);
}

function refuseSettings(call: Call): void {
  const { inputs } = call;
  refuseImage(call);
  const { minSize, desiredSize, maxSize } = objects(inputs, "scalingConfig")[0] ?? {};
  const [least, wanted, most] = [Number(minSize), Number(desiredSize), Number(maxSize)];
  if (most < 1 || least < 0 || least > wanted || wanted > most)
    throw invalid(`desired capacity ${wanted} can't be less than min size ${least} or greater than max size ${most}`);
  if (inputs["launchTemplate"] !== undefined && inputs["diskSize"] !== undefined)
    throw invalid("Disk size must be specified within the launch template.");
  if (objects(inputs, "taints").length > 50) throw invalid("A node group has at most 50 taints");
  const version = text(inputs, "version");
  const newest = String(clusterVersion(call));
  if (version !== undefined && (!isOffered(version) || minor(version) > minor(newest)))
    throw invalid(`Requested Nodegroup release version ${version} is invalid. Allowed release version is ${newest}`);
}

function tidy({ world, stored }: DeleteCall): void {
  for (const { autoscalingGroups } of objects(stored.properties, "resources")) {
    const name = text(objects({ autoscalingGroups }, "autoscalingGroups")[0] ?? {}, "name") ?? "";
    world.takeAway(AUTO_SCALING_GROUP, name);
    const template = world.findBy(LAUNCH_TEMPLATE, "name", `eks-${name.slice(-36)}`);
    if (template !== undefined) world.takeAway(LAUNCH_TEMPLATE, template.id);
  }
}

function idOf({ inputs }: Call): string {
  return `${text(inputs, "clusterName") ?? ""}:${text(inputs, "nodeGroupName") ?? ""}`;
}

const parts = ({ world, inputs }: Call) => ({ name: text(inputs, "nodeGroupName") ?? "", uuid: world.uuid("group") });
const templateId = ({ world }: Call): string => `lt-${world.hex(17, "template")}`;
const clusterVersion = ({ world, inputs }: Call): unknown =>
  world.find(CLUSTER, text(inputs, "clusterName") ?? "")?.properties["version"];

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
