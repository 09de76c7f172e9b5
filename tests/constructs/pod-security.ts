/** A pod as it is written in YAML: the fields that the standard reads, and none that we depend on being typed elsewhere. */
export interface Pod {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly appArmorProfile?: { readonly type?: string };
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly sysctls?: readonly { readonly name: string }[];
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

interface Handler {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}

interface Container {
  readonly name?: string;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly securityContext?: SecurityContext;
  readonly livenessProbe?: Handler;
  readonly readinessProbe?: Handler;
  readonly startupProbe?: Handler;
  readonly lifecycle?: { readonly postStart?: Handler; readonly preStop?: Handler };
}

interface PodSpec {
  readonly os?: { readonly name?: string };
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly securityContext?: SecurityContext;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];
const SELINUX = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
/** Kubernetes, "Pod Security Standards", baseline, as of 1.32. */
const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
];
const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/** What the *restricted* Pod Security Standard (Kubernetes 1.35) refuses in a pod; nothing if it admits it. */
export function refusals({ metadata, spec }: Pod): string[] {
  const own = spec.securityContext ?? {};
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  const contexts = containers.map(({ securityContext }) => securityContext ?? {});
  const all = [own, ...contexts];
  const windows = spec.os?.name === "windows";
  // A root inside a user namespace of its own is nobody outside of it.
  const remapped = spec.hostUsers === false;

  return [
    [spec.hostNetwork === true || spec.hostPID === true || spec.hostIPC === true, "a namespace of the host"],
    [all.some(({ windowsOptions }) => windowsOptions?.hostProcess === true), "a Windows host process"],
    [contexts.some(({ privileged }) => privileged === true), "a privileged container"],
    [
      spec.volumes?.some((volume) => Object.keys(volume).some((key) => key !== "name" && !VOLUMES.includes(key))) ??
        false,
      "a volume type",
    ],
    [containers.some(({ ports }) => ports?.some(({ hostPort = 0 }) => hostPort !== 0)), "a port of the host"],
    [containers.some(asksHost), "a probe or hook that names a host"],
    [all.some(({ appArmorProfile }) => appArmorProfile?.type === "Unconfined"), "an AppArmor profile"],
    [
      annotations(metadata).some((value) => !/^(|runtime\/default|localhost\/.*)$/.test(value)),
      "an AppArmor annotation",
    ],
    [all.some(({ seLinuxOptions }) => seLinuxOptions && !confined(seLinuxOptions)), "an SELinux option"],
    [contexts.some(({ procMount = "Default" }) => procMount !== "Default"), "an unmasked /proc"],
    [own.sysctls?.some(({ name }) => !SYSCTLS.includes(name)) ?? false, "a sysctl"],
    [!windows && contexts.some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false), "escalation"],
    [!windows && contexts.some(({ capabilities }) => !dropsAll(capabilities)), "a capability"],
    [!windows && seccomp(own, contexts), "a seccomp profile"],
    [!remapped && !nonRoot(own, contexts), "a container that may run as root"],
    [!remapped && all.some(({ runAsUser }) => runAsUser === 0), "the user 0"],
  ].flatMap(([refused, what]) => (refused === true ? [what as string] : []));
}

function asksHost({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): boolean {
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  return handlers.some((handler) =>
    [handler?.httpGet?.host, handler?.tcpSocket?.host].some((host) => (host ?? "") !== ""),
  );
}

function annotations(metadata: Pod["metadata"]): string[] {
  return Object.entries(metadata?.annotations ?? {}).flatMap(([name, value]) =>
    name.startsWith(APPARMOR_ANNOTATION) ? [value] : [],
  );
}

function confined({ type = "", user = "", role = "" }: NonNullable<SecurityContext["seLinuxOptions"]>): boolean {
  return SELINUX.includes(type) && user === "" && role === "";
}

function dropsAll(capabilities: SecurityContext["capabilities"]): boolean {
  const added = capabilities?.add ?? [];
  return (capabilities?.drop?.includes("ALL") ?? false) && added.every((name) => name === "NET_BIND_SERVICE");
}

function seccomp(own: SecurityContext, contexts: readonly SecurityContext[]): boolean {
  const admitted = (type: string | undefined): boolean => type === "RuntimeDefault" || type === "Localhost";
  const ownType = own.seccompProfile?.type;
  if (ownType !== undefined && !admitted(ownType)) return true;
  return contexts.some(({ seccompProfile }) => !admitted(seccompProfile?.type ?? ownType));
}

function nonRoot(own: SecurityContext, contexts: readonly SecurityContext[]): boolean {
  if (own.runAsNonRoot === false || contexts.some(({ runAsNonRoot }) => runAsNonRoot === false)) return false;
  return contexts.every(({ runAsNonRoot = own.runAsNonRoot }) => runAsNonRoot === true);
}
