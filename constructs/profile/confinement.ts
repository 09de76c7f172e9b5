import { type ApiObject, JsonPatch } from "cdk8s";
import type { k8s } from "cdk8s-plus-28";
import { rewrite } from "../escape";
import { IMAGE_FAMILY, type ImageFamily } from "../platform";
import type { AppArmorProfile, Profile, SeccompProfile, SeLinuxProfile } from ".";

/** The profiles of a workload, each by itself. */
type Single = Partial<SeccompProfile & AppArmorProfile & SeLinuxProfile>;

/**
 * What a profile says in the container that it is for. The pod keeps the runtime's default: what the mesh adds to it makes system calls of its own,
 * which no profile of the application knows.
 */
export function confinement(profile: Profile | undefined): k8s.SecurityContext {
  const { seccomp, seLinux } = single(profile);
  return {
    ...(seccomp !== undefined && { seccompProfile: { type: "Localhost", localhostProfile: seccomp } }),
    ...(seLinux !== undefined && { seLinuxOptions: { type: seLinux } }),
  };
}

/** The nodes that a profile holds on; a kubelet refuses a pod whose profile it cannot apply, again and again. */
export function nodes(profile: Profile | undefined): Pick<k8s.PodSpec, "nodeSelector"> {
  const family = familyOf(single(profile));
  return family === undefined ? {} : { nodeSelector: { [IMAGE_FAMILY]: family } };
}

/**
 * Writes an AppArmor profile into the pods of a controller: a field of Kubernetes 1.30 and later, which the types of 1.28 lack.
 */
export function withAppArmor(controller: ApiObject, profile: Profile | undefined): void {
  const { appArmor } = single(profile);
  if (appArmor === undefined) return;
  const written =
    appArmor === "RuntimeDefault" ? { type: appArmor } : { type: "Localhost", localhostProfile: appArmor.localhost };
  const template = controller.kind === "CronJob" ? "/spec/jobTemplate/spec/template" : "/spec/template";
  rewrite(controller, [JsonPatch.add(`${template}/spec/containers/0/securityContext/appArmorProfile`, written)]);
}

function single(profile: Profile | undefined): Single {
  const all = profile === undefined ? [] : "0" in profile ? profile : [profile];
  const merged: Single = Object.assign({}, ...all) as Single;
  const family = familyOf(merged);
  if (all.length <= 1 || (all.length === 2 && merged.seccomp !== undefined && family !== undefined)) return merged;
  throw new Error(
    "profile must be one profile, or a seccomp profile and one of AppArmor or SELinux; leave the other away",
  );
}

function familyOf({ appArmor, seLinux }: Single): ImageFamily | undefined {
  if (appArmor !== undefined && seLinux !== undefined)
    throw new Error(
      "profile must not name AppArmor and SELinux, got both, and no node has both; keep appArmor for Ubuntu or seLinux for Bottlerocket",
    );
  return appArmor !== undefined ? "ubuntu" : seLinux !== undefined ? "bottlerocket" : undefined;
}
