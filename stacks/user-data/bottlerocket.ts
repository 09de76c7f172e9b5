import { stringify } from "smol-toml";

import type { Shell } from "../blueprint/options/nodes";
import { EVENTS_PER_SECOND, POD_PIDS_LIMIT } from "./kubelet";

/** The part of Bottlerocket's settings that decides how safe a node is, under the names of its own API. */
export interface BottlerocketSettings {
  readonly kubernetes: {
    readonly "event-qps": number;
    readonly "pod-pids-limit": number;
    readonly "seccomp-default": true;
    readonly "server-tls-bootstrap": true;
  };
  readonly "host-containers": {
    readonly admin: { readonly enabled: false };
    readonly control: { readonly enabled: boolean };
  };
  readonly kernel?: {
    /** Never `confidentiality`, which blinds every observer that reads by BPF, ours included. */
    readonly lockdown: "integrity";
    readonly modules: Readonly<Record<string, { readonly allowed: false }>>;
    readonly sysctl: Readonly<Record<string, "0" | "1">>;
  };
}

/** Interfaces that exist and those still to come: a redirect must be refused on both. */
const BOTH = ["all", "default"] as const;

/**
 * What level 2 of the CIS Bottlerocket benchmark adds. Its packet filter (3.4) is left out: it is set by a bootstrap
 * container that cuts pods off from EKS Pod Identity; security groups and network policies filter instead.
 */
const LEVEL_2: NonNullable<BottlerocketSettings["kernel"]> = {
  /** @control user-data-kernel-lockdown */
  lockdown: "integrity",
  /** @control user-data-kernel-modules */
  modules: { udf: { allowed: false }, sctp: { allowed: false } },
  /** @control user-data-kernel-routes */
  sysctl: {
    ...everywhere("net.ipv4.conf", "send_redirects", "0"),
    ...everywhere("net.ipv4.conf", "accept_redirects", "0"),
    ...everywhere("net.ipv4.conf", "secure_redirects", "0"),
    ...everywhere("net.ipv4.conf", "log_martians", "1"),
    ...everywhere("net.ipv6.conf", "accept_redirects", "0"),
    // Bottlerocket's default, which level 2 asks for (1.4.4): pods with `hostUsers: false` do not start on such nodes.
    "user.max_user_namespaces": "0",
  },
};

/**
 * The settings of a Bottlerocket node. The rest of CIS EKS 3.2 (anonymous access, authorization, client CA, read-only
 * port, cipher suites) is fixed in the image, where no setting weakens it.
 */
export function bottlerocket(level: 1 | 2, shell: Shell): BottlerocketSettings {
  return {
    kubernetes: {
      /** @control user-data-kubelet-events */
      "event-qps": EVENTS_PER_SECOND,
      /** @control user-data-kubelet-limits */
      "pod-pids-limit": POD_PIDS_LIMIT,
      "seccomp-default": true,
      /** @control user-data-kubelet-rotation */
      "server-tls-bootstrap": true,
    },
    /**
     * The admin container is a root shell; the control container is how Systems Manager gets in.
     *
     * @control user-data-host-containers
     */
    "host-containers": {
      admin: { enabled: false },
      control: { enabled: shell.access === "session-manager" },
    },
    ...(level === 2 && { kernel: LEVEL_2 }),
  };
}

/** The settings as Bottlerocket reads them; EKS adds the cluster's own for a managed node group. */
export function renderBottlerocket(settings: BottlerocketSettings): string {
  return `${stringify({ settings }).trimEnd()}\n`;
}

function everywhere(tree: string, key: string, value: "0" | "1") {
  return Object.fromEntries(BOTH.map((interfaces) => [`${tree}.${interfaces}.${key}`, value]));
}
