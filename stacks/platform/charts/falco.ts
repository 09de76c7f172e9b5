import { ISSUER } from "../../../constructs/platform";
import { certificate } from "./certificate";
import { type ChartContext, type ChartObject, type ChartRelease, release } from "./chart";
import { FALCOSIDEKICK } from "./falcosidekick";
import { type Resources, resources, SECCOMP, type Seccomp } from "./pod";

type Engine = "docker" | "podman" | "containerd" | "lxc" | "libvirt_lxc" | "bpm";
const CAPABILITIES = ["BPF", "PERFMON", "SYS_RESOURCE", "SYS_PTRACE"] as const;

interface Off {
  readonly enabled: false;
}

/** What is said to Falco's chart. */
interface FalcoValues {
  readonly image: { readonly registry: string; readonly repository: string; readonly tag: string };
  readonly driver: {
    readonly kind: "modern_ebpf";
    readonly modernEbpf: { readonly leastPrivileged: true };
    readonly loader: { readonly enabled: true };
  };
  readonly containerSecurityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ["ALL"]; readonly add: typeof CAPABILITIES };
    readonly seccompProfile: Seccomp;
  };
  readonly podPriorityClassName: string;
  readonly tolerations: readonly [{ readonly operator: "Exists" }];
  readonly resources: Resources;
  readonly collectors: {
    readonly containerEngine: {
      readonly engines: Readonly<Record<Engine, Off>> & {
        readonly cri: { readonly enabled: true; readonly sockets: readonly string[] };
      };
    };
  };
  readonly falcoctl: { readonly artifact: { readonly install: Off; readonly follow: Off } };
  readonly falcosidekick: Off;
  readonly certs: { readonly existingSecret: string; readonly existingClientSecret: string };
  readonly falco: {
    readonly json_output: true;
    readonly priority: "notice";
    readonly watch_config_files: false;
    readonly syslog_output: Off;
    readonly http_output: {
      readonly enabled: true;
      readonly url: `https://${string}`;
      readonly ca_cert: string;
      readonly mtls: true;
      readonly client_cert: string;
      readonly client_key: string;
    };
  };
  readonly metrics: { readonly enabled: true };
}

const NAME = "falco";
const CLIENT = "falco-client";
const MOUNTED = "/etc/falco/certs";

/**
 * Who watches what processes do on every node.
 *
 * @control charts-falco-least-privileged
 * @control charts-falco-rules-pinned
 * @control charts-falco-heard
 * @control charts-node-agents-apart
 */
export function falco({ image }: ChartContext): ChartRelease<FalcoValues> {
  const { registry, repository, tag, digest } = image(NAME);
  return release({
    name: NAME,
    namespace: NAME,
    chart: NAME,
    // Host paths and root: a node agent.
    podSecurity: "privileged",
    after: ["cert-manager", "falcosidekick"],
    needs: [`${ISSUER.kind} ${ISSUER.name}`],
    objects: [
      certificate({ name: CLIENT, namespace: NAME, dnsNames: ["falco.falco.svc"], usage: "client auth", days: 60 }),
      artifacts(),
    ],
    values: {
      image: { registry, repository, tag: `${tag}@${digest}` },
      driver: {
        // `auto` runs the loader and Falco itself privileged.
        kind: "modern_ebpf",
        modernEbpf: { leastPrivileged: true },
        // Nothing is loaded for this kind; switched off, the chart mounts the host's /boot, /lib/modules and /usr instead.
        loader: { enabled: true },
      },
      // Replaces what the chart computes, so the four capabilities are said again.
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"], add: CAPABILITIES },
        seccompProfile: SECCOMP,
      },
      podPriorityClassName: "system-node-critical",
      // A tainted node is watched like any other.
      tolerations: [{ operator: "Exists" }],
      resources: resources("100m", "512Mi"),
      // Our nodes have containerd, spoken to by CRI; five other sockets of the host stay outside.
      collectors: {
        containerEngine: {
          engines: { ...off(), cri: { enabled: true, sockets: ["/run/containerd/containerd.sock"] } },
        },
      },
      // The rules that the image carries: what is pulled by name from the internet may be others tomorrow.
      falcoctl: { artifact: { install: { enabled: false }, follow: { enabled: false } } },
      // A release and a namespace of its own.
      falcosidekick: { enabled: false },
      certs: { existingSecret: CLIENT, existingClientSecret: CLIENT },
      falco: {
        json_output: true,
        priority: "notice",
        // Rules change with a new release of this chart, which restarts it.
        watch_config_files: false,
        syslog_output: { enabled: false },
        http_output: {
          enabled: true,
          url: `https://${FALCOSIDEKICK.host}:${FALCOSIDEKICK.port}`,
          ca_cert: `${MOUNTED}/ca.crt`,
          mtls: true,
          client_cert: `${MOUNTED}/client/tls.crt`,
          client_key: `${MOUNTED}/client/tls.key`,
        },
      },
      metrics: { enabled: true },
    },
  });
}

function off(): Readonly<Record<Engine, Off>> {
  const none = { enabled: false } as const;
  return { docker: none, podman: none, containerd: none, lxc: none, libvirt_lxc: none, bpm: none };
}

/** With install and follow off the chart still mounts this map and no longer makes it: the kubelet would wait for ever. */
function artifacts(): ChartObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${NAME}-falcoctl`, namespace: NAME },
    data: { "falcoctl.yaml": "artifact: {}\n" },
  };
}
