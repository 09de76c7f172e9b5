import type { Behaviour, Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { accountOf, regionalArn } from "../arn";
import { roleByArn } from "../iam/trust";
import { kept } from "../kept";
import { text, texts } from "../property";
import { authenticationMode, ofCluster, runningCluster } from "./active";
import { ACCESS_ENTRY, ACCESS_POLICY_ASSOCIATION } from "./token";

const POLICY = /^arn:aws:eks::aws:cluster-access-policy\/AmazonEKS(ClusterAdmin|Admin|AdminView|Edit|View)Policy$/;
const TYPES = ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"];

/** Entries for nodes take no name, no groups and no access policies: EKS gives them its own (SDK docs of aws.eks.AccessEntry). */
const OF_NODES = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX"];

const times = ({ world }: Call, token: string, id: string, created: string): Properties => ({
  [created]: kept(world, token, id, created, world.now()),
  modifiedAt: world.now(),
});

const lastPart = (arn: string): string => arn.split("/").at(-1) ?? "";

/** Lets one IAM principal into a cluster. */
export const accessEntry: Behaviour = {
  token: ACCESS_ENTRY,
  service: "EKS",
  words: "EKS Access Entry",
  replaces: ["clusterName", "principalArn", "type"],
  required: ["clusterName", "principalArn"],
  minutes: { create: 0.1 },
  references: [ofCluster],
  defaults: () => ({ type: "STANDARD", kubernetesGroups: [] }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    refuseWithoutApi(call);
    const principal = text(inputs, "principalArn") ?? "";
    if (world.find(ACCESS_ENTRY, entryId(call)) !== undefined)
      throw new AwsError(
        "ResourceInUseException",
        "The specified access entry resource is already in use on this cluster.",
        409,
      );
    // Roles of IAM Identity Center are nothing a program makes; users are not part of the twin.
    const ours =
      accountOf(principal) === world.accountId &&
      principal !== world.caller.principal &&
      principal.includes(":role/") &&
      !principal.includes("/aws-reserved/");
    if (!/^arn:aws:(iam|sts)::\d{12}:/.test(principal) || (ours && roleByArn(world, principal) === undefined))
      throw invalid("The specified principalArn is invalid: invalid principal");
    const type = text(inputs, "type") ?? "STANDARD";
    if (!TYPES.includes(type)) throw invalid(`expected type to be one of [${TYPES.join(" ")}], got ${type}`);
    refuseOfNode(inputs, type);
    if (texts(inputs, "kubernetesGroups").some((group) => group.startsWith("system:")))
      throw invalid("The kubernetes group name is invalid, it cannot start with system:"); // wording not verified
  },
  id: entryId,
  outputs: (call, id) => {
    const { world, inputs } = call;
    const principal = text(inputs, "principalArn") ?? "";
    const path = `access-entry/${text(inputs, "clusterName") ?? ""}/role/${world.accountId}/${lastPart(principal)}/${world.uuid()}`;
    return {
      accessEntryArn: regionalArn(world, "eks", path),
      userName:
        inputs["userName"] ??
        nodeName(text(inputs, "type") ?? "STANDARD") ??
        `arn:aws:sts::${world.accountId}:assumed-role/${lastPart(principal)}/{{SessionName}}`,
      ...times(call, ACCESS_ENTRY, id, "createdAt"),
    };
  },
};

/** One of EKS's own access policies for a principal that has an entry. */
export const accessPolicyAssociation: Behaviour = {
  token: ACCESS_POLICY_ASSOCIATION,
  service: "EKS",
  words: "EKS Access Policy Association",
  replaces: "all",
  slot: ["clusterName", "principalArn", "policyArn"],
  required: ["clusterName", "principalArn", "policyArn", "accessScope.type"],
  minutes: { create: 0.1 },
  references: [ofCluster],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    refuseWithoutApi(call);
    if (world.find(ACCESS_ENTRY, entryId(call)) === undefined)
      throw new AwsError("ResourceNotFoundException", "The specified principalArn could not be found", 404);
    const type = text(world.find(ACCESS_ENTRY, entryId(call))?.properties ?? {}, "type") ?? "STANDARD";
    // Wording not verified.
    if (OF_NODES.includes(type))
      throw new AwsError(
        "InvalidRequestException",
        `Access policies cannot be associated with entries of type ${type}`,
      );
    if (!POLICY.test(text(inputs, "policyArn") ?? "")) throw invalid("The policyArn parameter format is not valid"); // wording not verified
    const [scope, namespaces] = [text(inputs, "accessScope.type"), texts(inputs, "accessScope.namespaces")];
    if (scope !== "cluster" && scope !== "namespace")
      throw invalid(`expected type to be one of [cluster namespace], got ${String(scope)}`);
    if ((scope === "namespace") !== namespaces.length > 0)
      throw invalid("A namespace scope needs namespaces, a cluster scope takes none"); // wording not verified
  },
  id: ({ inputs }) =>
    ["clusterName", "principalArn", "policyArn"].map((property) => text(inputs, property) ?? "").join("#"),
  outputs: (call, id) => times(call, ACCESS_POLICY_ASSOCIATION, id, "associatedAt"),
};

function refuseOfNode(inputs: Call["inputs"], type: string): void {
  if (!OF_NODES.includes(type)) return;
  if (inputs["userName"] !== undefined || texts(inputs, "kubernetesGroups").length > 0)
    throw invalid(`The username and kubernetesGroups cannot be set for access entries of type ${type}`); // wording not verified
}

/** The name under which Kubernetes knows a node; of EC2's it is the private DNS name, the others are not modelled. */
const nodeName = (type: string): string | undefined =>
  type.startsWith("EC2_") ? "system:node:{{EC2PrivateDNSName}}" : undefined;

function refuseWithoutApi(call: Call): void {
  if (authenticationMode(runningCluster(call)) !== "CONFIG_MAP") return;
  const modes = "[API, API_AND_CONFIG_MAP]";
  throw new AwsError(
    "InvalidRequestException",
    `The cluster's authentication mode must be set to one of ${modes} to perform this operation.`,
  );
}

function entryId({ inputs }: Call): string {
  return `${text(inputs, "clusterName") ?? ""}:${text(inputs, "principalArn") ?? ""}`;
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
