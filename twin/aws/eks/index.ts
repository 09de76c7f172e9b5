import type { Behaviour, Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text, texts } from "../property";
import { accessEntry, accessPolicyAssociation } from "./access";
import { addon } from "./addon";
import { addonVersion } from "./addon-version";
import { cluster } from "./cluster";
import { fargateProfile } from "./fargate";
import { identityProviderConfig, podIdentityAssociation } from "./identity";
import { nodeGroup } from "./node-group";
import { CLUSTER, NODE_GROUP } from "./token";
import { DEFAULT_VERSION, minor, OFFERED, STANDARD } from "./version";

/** What of EKS the twin knows. */
export const eks: readonly Behaviour[] = [
  cluster,
  nodeGroup,
  addon,
  accessEntry,
  accessPolicyAssociation,
  identityProviderConfig,
  podIdentityAssociation,
  fargateProfile,
];

/** The blocks of a cluster that a look-up answers as lists, by the name of the list. */
const LISTS: Readonly<Record<string, string>> = {
  accessConfigs: "accessConfig",
  certificateAuthorities: "certificateAuthority",
  computeConfigs: "computeConfig",
  controlPlaneScalingConfigs: "controlPlaneScalingConfig",
  kubeApiServerConfigs: "kubeApiServerConfig",
  kubeControllerManagerConfigs: "kubeControllerManagerConfig",
  kubeSchedulerConfigs: "kubeSchedulerConfig",
  kubernetesNetworkConfigs: "kubernetesNetworkConfig",
  outpostConfigs: "outpostConfig",
  remoteNetworkConfigs: "remoteNetworkConfig",
  storageConfigs: "storageConfig",
  upgradePolicies: "upgradePolicy",
  zonalShiftConfigs: "zonalShiftConfig",
};

/** What EKS answers to look-ups. */
export const eksInvokes: Readonly<Record<string, Invoke>> = {
  "aws:eks/getClusters:getClusters": (_, world) => {
    const names = world.all(CLUSTER).map(({ id }) => id);
    return { id: world.region, region: world.region, names };
  },
  "aws:eks/getNodeGroups:getNodeGroups": (args, world) => {
    const clusterName = text(args, "clusterName") ?? "";
    const groups = world.all(NODE_GROUP).filter(({ properties }) => properties["clusterName"] === clusterName);
    const names = groups.map(({ properties }) => properties["nodeGroupName"]);
    return { clusterName, id: clusterName, region: world.region, names };
  },
  "aws:eks/getClusterVersions:getClusterVersions": (args, world) => {
    const only = texts(args, "clusterVersionsOnlies");
    const wanted = OFFERED.filter((version) => only.length === 0 || only.includes(version));
    const clusterVersions = wanted.map((clusterVersion) => ({
      clusterType: "eks",
      clusterVersion,
      defaultVersion: clusterVersion === DEFAULT_VERSION,
      versionStatus: minor(clusterVersion) >= STANDARD ? "STANDARD_SUPPORT" : "EXTENDED_SUPPORT",
    }));
    return { ...args, region: world.region, clusterVersions };
  },
  "aws:eks/getAddonVersion:getAddonVersion": (args, world) => {
    const [addonName, kubernetesVersion] = [text(args, "addonName") ?? "", text(args, "kubernetesVersion") ?? ""];
    const version = addonVersion(addonName, kubernetesVersion);
    if (version === undefined) {
      const subject = `EKS Add-On version info (${addonName}, ${kubernetesVersion})`;
      throw new AwsError("NotFound", `reading ${subject}: empty result`, 404);
    }
    return { ...args, id: addonName, region: world.region, version };
  },
  "aws:eks/getCluster:getCluster": (args, world) => {
    const name = text(args, "name") ?? "";
    const found = world.find(CLUSTER, name);
    if (found === undefined)
      throw new AwsError("NotFound", `reading EKS Cluster (${name}): couldn't find resource`, 404);
    const { properties, status } = found;
    const lists = Object.entries(LISTS).map(([list, block]) => [list, objects(properties, block)] as const);
    return {
      tags: {},
      enabledClusterLogTypes: [],
      ...Object.fromEntries(
        Object.entries(properties).filter(([property]) => !Object.values(LISTS).includes(property)),
      ),
      ...Object.fromEntries(lists),
      id: name,
      name,
      region: world.region,
      status,
    };
  },
  // The token is for the Kubernetes API of the twin's cluster, which nobody answers.
  "aws:eks/getClusterAuth:getClusterAuth": (args, world) => {
    const name = text(args, "name") ?? "";
    return { id: name, name, region: world.region, token: `k8s-aws-v1.${world.hex(64, name)}` };
  },
};
