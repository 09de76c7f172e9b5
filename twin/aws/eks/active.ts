import type { Call, Reference, Stored, World } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { CLUSTER, IDENTITY_PROVIDER } from "./token";

/** The cluster that a part of it names. */
export const ofCluster: Reference = {
  path: "clusterName",
  to: CLUSTER,
  missing: (name) => new AwsError("ResourceNotFoundException", `No cluster found for name: ${name}.`, 404),
};

/** The cluster of a part, once it is ACTIVE or at least running; refuses a part of a cluster that is not there yet. */
export function runningCluster({ world, inputs }: Call): Stored {
  const name = text(inputs, "clusterName") ?? "";
  const cluster = world.find(CLUSTER, name);
  if (cluster === undefined) throw ofCluster.missing(name);
  // Wording not verified; the code is.
  if (cluster.status !== "ACTIVE" && cluster.status !== "UPDATING")
    throw new AwsError("InvalidRequestException", `Cluster '${name}' is not in ACTIVE status, it is ${cluster.status}`);
  return cluster;
}

/** What EKS calls the update that a change of an input needs (EKS API reference, "Update"). */
const KINDS: Readonly<Record<string, string>> = {
  version: "VersionUpdate",
  accessConfig: "AccessConfigUpdate",
  computeConfig: "AutoModeUpdate",
  kubernetesNetworkConfig: "AutoModeUpdate",
  storageConfig: "AutoModeUpdate",
  enabledClusterLogTypes: "LoggingUpdate",
  encryptionConfig: "AssociateEncryptionConfig",
  upgradePolicy: "UpgradePolicyUpdate",
  vpcConfig: "EndpointAccessUpdate",
  zonalShiftConfig: "ZonalShiftConfigUpdate",
  remoteNetworkConfig: "RemoteNetworkConfigUpdate",
  deletionProtection: "DeletionProtectionUpdate",
};

/** Refuses a second update while one is under way; tags are no update of that kind. */
export function refuseSecondUpdate(world: World, cluster: Stored, changed: readonly string[]): void {
  const kind = changed.flatMap((property) => KINDS[property] ?? [])[0];
  if (kind !== undefined) refuseWhileUpdating(world, cluster, kind);
}

/** Refuses one kind of update while the cluster has another, or gets an identity provider, which counts as one. */
export function refuseWhileUpdating(world: World, cluster: Stored, kind: string): void {
  const associating = world
    .all(IDENTITY_PROVIDER)
    .some(({ inputs, status }) => text(inputs, "clusterName") === cluster.id && status !== "ACTIVE");
  if (cluster.status === "ACTIVE" && !associating) return;
  const [under, status] = [`update ${world.uuid("update")} in progress`, 409];
  throw new AwsError(
    "ResourceInUseException",
    `Cannot ${kind} because cluster ${cluster.id} currently has ${under}`,
    status,
  );
}

/** The authentication mode a cluster has now. */
export const authenticationMode = (cluster: Stored): string =>
  text(cluster.properties, "accessConfig.authenticationMode") ?? "CONFIG_MAP";
