import { at } from "./at";
import { readUserData } from "./read";

/** What user data says about the kubelet; what it leaves to the image is undefined. */
export interface Kubelet {
  /** Which image answers for what is left out. */
  readonly system: "bottlerocket" | "al2023" | "ubuntu";
  /** The value under a path of KubeletConfiguration. */
  readonly said: (...path: readonly string[]) => unknown;
}

/** Bottlerocket's settings that reach its kubelet's configuration. */
const SETTINGS: Readonly<Record<string, string>> = {
  eventRecordQPS: "event-qps",
  podPidsLimit: "pod-pids-limit",
  seccompDefault: "seccomp-default",
  serverTLSBootstrap: "server-tls-bootstrap",
};

/** Without a cluster to ask, a standalone kubelet of Bottlerocket lets everybody do everything. */
const STANDALONE: Readonly<Record<string, unknown>> = {
  "authentication.anonymous.enabled": true,
  "authorization.mode": "AlwaysAllow",
  "authentication.x509.clientCAFile": "",
};

/** Command-line flags win over the configuration's file. */
const FLAGS: Readonly<Record<string, string>> = {
  "authentication.anonymous.enabled": "anonymous-auth",
  "authorization.mode": "authorization-mode",
  "authentication.x509.clientCAFile": "client-ca-file",
  readOnlyPort: "read-only-port",
  streamingConnectionIdleTimeout: "streaming-connection-idle-timeout",
  makeIPTablesUtilChains: "make-iptables-util-chains",
  eventRecordQPS: "event-qps",
  rotateCertificates: "rotate-certificates",
  protectKernelDefaults: "protect-kernel-defaults",
  podPidsLimit: "pod-max-pids",
  seccompDefault: "seccomp-default",
  tlsMinVersion: "tls-min-version",
};

/** The kubelet that user data leads to. Throws where it is a script, since nobody can say what that does. */
export function kubeletOf(userData: string | undefined): Kubelet {
  const read = readUserData(userData);
  switch (read.kind) {
    case "bottlerocket": {
      const settings = at(read.settings, "kubernetes");
      const alone = at(settings, "standalone-mode") === true;
      return {
        system: "bottlerocket",
        said: (...path) => {
          const key = path.join(".");
          return alone && key in STANDALONE ? STANDALONE[key] : at(settings, SETTINGS[key] ?? key);
        },
      };
    }
    case "node-config":
      if (read.others.length > 0) throw new Error(`the user data also holds ${read.others.join(", ")}`);
      return {
        system: "al2023",
        said: (...path) =>
          [...read.configs]
            .reverse()
            .reduce<unknown>((found, config) => found ?? ofNodeConfig(config, path), undefined),
      };
    case "cloud-config": {
      const { kubelets, flags, others } = read.config;
      if (others.length > 0) throw new Error(`the user data also holds ${others.join(", ")}`);
      return {
        system: "ubuntu",
        said: (...path) =>
          flagged(flags, path) ??
          [...kubelets].reverse().reduce<unknown>((found, config) => found ?? at(config, ...path), undefined),
      };
    }
    case "other":
      throw new Error("the user data is neither settings of Bottlerocket, nor a NodeConfig, nor a cloud-config");
  }
}

function ofNodeConfig(config: unknown, path: readonly string[]): unknown {
  const flags = at(config, "spec", "kubelet", "flags");
  return (
    flagged(Array.isArray(flags) ? (flags as unknown[]) : [], path) ?? at(config, "spec", "kubelet", "config", ...path)
  );
}

/** What a flag says of a path. */
function flagged(flags: readonly unknown[], path: readonly string[]): unknown {
  const flag = FLAGS[path.join(".")];
  const written = flags.find((one) => flag !== undefined && begins(one, flag));
  return typeof written === "string" ? valueOf(written) : undefined;
}

const begins = (flag: unknown, name: string): boolean =>
  typeof flag === "string" && (flag === `--${name}` || flag.startsWith(`--${name}=`));

function valueOf(flag: string): unknown {
  const [, text = "true"] = /=(.*)$/.exec(flag) ?? [];
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}
