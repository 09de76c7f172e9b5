import { stringify } from "yaml";

import { dnsAddress, type Join, registration } from "./join";
import { KUBELET } from "./kubelet";

interface WrittenFile {
  readonly path: string;
  /** Mode in octal digits; the owner is root. */
  readonly permissions: "0644" | "0700";
  readonly encoding?: "b64";
  readonly content: string;
}

/** The part of cloud-init's settings that we use. */
export interface CloudConfig {
  /** Nobody: not even Ubuntu's default user, who may become root. */
  readonly users: readonly [];
  readonly ssh_pwauth: false;
  readonly disable_root: true;
  readonly write_files: readonly WrittenFile[];
  readonly runcmd: readonly (readonly [string])[];
}

const HOME = "/etc/kubernetes/bulwark";
const CERTIFICATE = `${HOME}/ca.crt`;
const SETTINGS = `${HOME}/kubelet.json`;
const SCRIPT = `${HOME}/join`;
const KERNEL = "/etc/sysctl.d/90-bulwark.conf";

/** The file that Canonical's kubelet is started with, and which its bootstrap script changes in place. */
const KUBELET_FILE = "/etc/kubernetes/kubelet/kubelet-config.json";

/**
 * The kubelet's settings, whole. The client CA is a file of our own, so that nothing depends on where the image puts its
 * one; the feature gate is one that every kubelet of facts/ubuntu-images.json knows (pkg/features of Kubernetes).
 */
const CONFIGURATION = {
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  ...KUBELET,
  /** @control user-data-kubelet-client-ca */
  authentication: { ...KUBELET.authentication, x509: { clientCAFile: CERTIFICATE } },
  featureGates: { RotateKubeletServerCertificate: true },
};

/** What a kubelet with `protectKernelDefaults` wants of its kernel (pkg/util/sysctl of Kubernetes), and no redirects. */
const SYSCTLS: Readonly<Record<string, number>> = {
  "vm.overcommit_memory": 1,
  "vm.panic_on_oom": 0,
  "kernel.panic": 10,
  "kernel.panic_on_oops": 1,
  "kernel.keys.root_maxkeys": 1_000_000,
  "kernel.keys.root_maxbytes": 25_000_000,
  /** @control user-data-kernel-routes */
  ...Object.fromEntries(
    ["all", "default"].flatMap((interfaces) => [
      [`net.ipv4.conf.${interfaces}.send_redirects`, 0],
      [`net.ipv4.conf.${interfaces}.accept_redirects`, 0],
      [`net.ipv4.conf.${interfaces}.secure_redirects`, 0],
      [`net.ipv6.conf.${interfaces}.accept_redirects`, 0],
    ]),
  ),
};

/**
 * The settings of an Ubuntu node. They reach the kubelet as eksctl's do: Canonical's script joins the cluster, then the
 * kubelet's file gets our settings laid over it and the kubelet starts again. Flags that the script gives win over the
 * file; those of the script that is published agree with it.
 */
export function ubuntu(join: Join): CloudConfig {
  return {
    /** @control nodes-no-ssh */
    users: [],
    ssh_pwauth: false,
    disable_root: true,
    write_files: [
      { path: CERTIFICATE, permissions: "0644", encoding: "b64", content: join.certificateAuthority },
      { path: SETTINGS, permissions: "0644", content: `${JSON.stringify(CONFIGURATION, null, 2)}\n` },
      {
        path: KERNEL,
        permissions: "0644",
        content: lines(Object.entries(SYSCTLS).map(([key, to]) => `${key} = ${to}`)),
      },
      { path: "/etc/apt/apt.conf.d/52bulwark", permissions: "0644", content: lines(NEVER_REBOOT) },
      { path: SCRIPT, permissions: "0700", content: lines(script(join)) },
    ],
    runcmd: [[SCRIPT]],
  };
}

/** A node that restarts by itself takes its pods down without asking; a new kernel comes with a new image. */
const NEVER_REBOOT = ['Unattended-Upgrade::Automatic-Reboot "false";'];

/**
 * Without AppArmor the node does not join, and where anything fails the kubelet stops for good: a node that could not be
 * hardened is none, and EKS replaces it.
 *
 * @control user-data-apparmor
 */
function script(join: Join): string[] {
  return [
    "#!/bin/bash",
    "set -o errexit -o nounset -o pipefail",
    "trap 'snap stop --disable kubelet-eks' ERR",
    '[ "$(cat /sys/module/apparmor/parameters/enabled)" = Y ]',
    "systemctl mask ssh.service ssh.socket",
    "systemctl stop ssh.service ssh.socket || true",
    `sysctl --quiet --load=${KERNEL}`,
    bootstrap(join),
    `jq --slurp '.[0] * .[1]' ${KUBELET_FILE} ${SETTINGS} > ${KUBELET_FILE}.new`,
    `mv ${KUBELET_FILE}.new ${KUBELET_FILE}`,
    `chown root:root ${KUBELET_FILE} /var/lib/kubelet/kubeconfig`,
    `chmod 0644 ${KUBELET_FILE} /var/lib/kubelet/kubeconfig`,
    "snap restart kubelet-eks",
  ];
}

/** With endpoint and certificate given, the script asks EKS nothing. */
function bootstrap(join: Join): string {
  const { name, endpoint, certificateAuthority, serviceCidr } = join;
  const isIpv6 = serviceCidr.includes(":");
  const flags = registration(join);
  const words = {
    "--apiserver-endpoint": endpoint,
    "--b64-cluster-ca": certificateAuthority,
    ...(isIpv6
      ? { "--ip-family": "ipv6", "--service-ipv6-cidr": serviceCidr }
      : { "--dns-cluster-ip": dnsAddress(serviceCidr) }),
    ...(flags.length > 0 && { "--kubelet-extra-args": flags.join(" ") }),
  };
  const written = Object.entries(words).map(([option, value]) => `${option} ${quoted(value)}`);
  return ["/etc/eks/bootstrap.sh", quoted(name), ...written].join(" ");
}

/** Nothing that comes from a configuration may end a shell's word. */
function quoted(word: string): string {
  if (/['\n]/.test(word))
    throw new Error(`a node cannot be told ${JSON.stringify(word)}: it holds a quote or a line's end`);
  return `'${word}'`;
}

const lines = (all: readonly string[]): string => `${all.join("\n")}\n`;

/** The settings as cloud-init reads them. */
export function renderUbuntu(config: CloudConfig): string {
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}
