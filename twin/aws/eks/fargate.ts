import type { Behaviour, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { roleByArn, trusts } from "../iam/trust";
import { objects, text } from "../property";
import { authenticationMode, ofCluster, runningCluster } from "./active";
import { ACCESS_ENTRY, FARGATE, SUBNET } from "./token";

/** Which pods run on Fargate; profiles of a cluster come and go one by one. */
export const fargateProfile: Behaviour = {
  token: FARGATE,
  service: "EKS",
  words: "EKS Fargate Profile",
  replaces: "all",
  required: ["clusterName", "podExecutionRoleArn", "selectors"],
  autoName: { property: "fargateProfileName" },
  minutes: { create: 2, delete: 2 },
  references: [
    ofCluster,
    { path: "subnetIds[]", to: SUBNET, missing: (id) => invalid(`The subnet ID '${id}' does not exist`) },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const cluster = runningCluster(call);
    refuseWhileBusy(world, cluster.id, "Create", text(inputs, "fargateProfileName") ?? "");
    const role = roleByArn(world, text(inputs, "podExecutionRoleArn") ?? "");
    if (role === undefined || !trusts(role, "eks-fargate-pods.amazonaws.com"))
      throw invalid(
        "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
      );
    const selectors = objects(inputs, "selectors");
    if (selectors.length === 0 || selectors.length > 5) throw invalid("A Fargate profile has one to five selectors"); // wording not verified
  },
  refuseDelete: ({ world, stored }) => {
    refuseWhileBusy(world, String(stored.inputs["clusterName"]), "Delete", String(stored.inputs["fargateProfileName"]));
  },
  id: ({ inputs }) => `${text(inputs, "clusterName") ?? ""}:${text(inputs, "fargateProfileName") ?? ""}`,
  outputs: ({ world, inputs }) => {
    const path = `${text(inputs, "clusterName") ?? ""}/${text(inputs, "fargateProfileName") ?? ""}/${world.uuid()}`;
    return { arn: regionalArn(world, "eks", `fargateprofile/${path}`), status: "ACTIVE" };
  },
  afterCreate: (call) => {
    const { world, inputs } = call;
    const [clusterName, principalArn] = [text(inputs, "clusterName") ?? "", text(inputs, "podExecutionRoleArn") ?? ""];
    ensureServiceLinkedRole(world, "eks-fargate.amazonaws.com");
    const id = `${clusterName}:${principalArn}`;
    if (authenticationMode(runningCluster(call)) === "CONFIG_MAP" || world.find(ACCESS_ENTRY, id) !== undefined) return;
    const properties = { clusterName, principalArn, type: "FARGATE_LINUX" };
    const note = "EKS let the pods of a Fargate profile in; it goes with the cluster";
    world.makeBehindTheBack({ type: ACCESS_ENTRY, id, inputs: properties, properties, note });
  },
};

function refuseWhileBusy(world: World, cluster: string, verb: string, name: string): void {
  const isBusy = ({ inputs, status }: Stored): boolean =>
    inputs["clusterName"] === cluster && inputs["fargateProfileName"] !== name && status !== "ACTIVE";
  const busy = world.all(FARGATE).find(isBusy);
  if (busy === undefined) return;
  const other = `cluster ${cluster} currently has Fargate profile ${String(busy.inputs["fargateProfileName"])} in status ${busy.status}`;
  throw new AwsError("ResourceInUseException", `Cannot ${verb} Fargate Profile ${name} because ${other}`, 409);
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
