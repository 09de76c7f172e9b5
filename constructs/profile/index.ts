import { nameOfAppArmor, pathOfSeccomp } from "./name";

/** System calls that a container may make, from a file on the node. */
export interface SeccompProfile {
  readonly seccomp: string;
}

/** What a container may open, run and mount, by a profile that the node's kernel holds. Only Ubuntu's does. */
export interface AppArmorProfile {
  readonly appArmor: "RuntimeDefault" | { readonly localhost: string };
}

/**
 * The type that a container's processes run under. Bottlerocket's policy knows others too, and each of them may do more to the node; *restricted*
 * admits none of those (Bottlerocket, "Security Guidance"; Kubernetes, "Pod Security Standards").
 */
export type SeLinuxType = "container_t";

/** The SELinux type of a container's processes. Only Bottlerocket enforces one. */
export interface SeLinuxProfile {
  readonly seLinux: SeLinuxType;
}

/**
 * How the kernel confines a container beyond what every container has: one profile, or a seccomp profile together with what one operating system
 * adds. AppArmor and SELinux together run nowhere, so they cannot be written.
 */
export type Profile =
  SeccompProfile | AppArmorProfile | SeLinuxProfile | readonly [SeccompProfile, AppArmorProfile | SeLinuxProfile];

/** Names the profiles that a workload may run under. None of them is Unconfined. */
export const Profile = {
  /**
   * A seccomp profile of its own in the place of the container runtime's.
   *
   * @param path below the kubelet's folder of seccomp profiles: `operator/orders.json` is what the Security Profiles Operator writes for its profile `orders`
   * @throws Error for an absolute path and for ways back up
   */
  seccomp(path: string): SeccompProfile {
    return { seccomp: pathOfSeccomp(path) };
  },

  /**
   * An AppArmor profile: the container runtime's, or one that was loaded on the node. The pods run on Ubuntu nodes only; any other kubelet
   * refuses a pod that names AppArmor at all.
   *
   * @throws Error for a name that no loaded profile has
   */
  appArmor(which: "runtimeDefault" | { readonly localhost: string }): AppArmorProfile {
    return {
      appArmor: which === "runtimeDefault" ? "RuntimeDefault" : { localhost: nameOfAppArmor(which.localhost) },
    };
  },

  /** An SELinux type. The pods run on Bottlerocket nodes only: elsewhere nothing enforces it. */
  seLinux(type: SeLinuxType): SeLinuxProfile {
    return { seLinux: type };
  },
} as const;
