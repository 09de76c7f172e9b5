import { at } from "./at";

/** What Ubuntu's cloud-init is told, as far as a judge can follow it. */
export interface CloudConfig {
  /** The kubelet's configuration files that are written, the last one last. */
  readonly kubelets: readonly unknown[];
  /** The flags that the bootstrap script hands on to the kubelet. */
  readonly flags: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** The lines of the scripts that are run, in order. */
  readonly lines: readonly string[];
  /** Everything that is more than settings: nobody can say what it does. */
  readonly others: readonly string[];
}

const KEYS = ["users", "ssh_pwauth", "disable_root", "write_files", "runcmd"];

/** Files whose content is settings and nothing more. */
const SETTINGS = [
  /^\/etc\/kubernetes\/[\w./-]+\.(json|crt)$/,
  /^\/etc\/sysctl\.d\/[\w-]+\.conf$/,
  /^\/etc\/apt\/apt\.conf\.d\/\w+$/,
];

const JSON_FILE = String.raw`/etc/kubernetes/[\w/-]+\.json`;

/** The lines that a script may consist of: join, harden, restart, and stop for good where any of it fails. */
const LINES = [
  /^#!\/bin\/bash$/,
  /^set -o errexit -o nounset -o pipefail$/,
  /^trap 'snap stop --disable kubelet-eks' ERR$/,
  /^\[ "\$\(cat \/sys\/module\/apparmor\/parameters\/enabled\)" = Y \]$/,
  /^systemctl mask ssh\.service ssh\.socket$/,
  /^systemctl stop ssh\.service ssh\.socket \|\| true$/,
  /^sysctl --quiet --load=\/etc\/sysctl\.d\/[\w-]+\.conf$/,
  /^\/etc\/eks\/bootstrap\.sh( --[\w-]+| '[^']*')+$/,
  new RegExp(`^jq --slurp '\\.\\[0\\] \\* \\.\\[1\\]' ${JSON_FILE} ${JSON_FILE} > ${JSON_FILE}\\.new$`),
  new RegExp(`^mv ${JSON_FILE}\\.new ${JSON_FILE}$`),
  new RegExp(`^(chown root:root|chmod 0?6[04][04]) ${JSON_FILE} /var/lib/kubelet/kubeconfig$`),
  /^snap restart kubelet-eks$/,
];

/** Line that refuses a node without AppArmor, and the one that lets it join. */
export const APPARMOR = /\/sys\/module\/apparmor\/parameters\/enabled/;
export const BOOTSTRAP = /^\/etc\/eks\/bootstrap\.sh /;

interface Written {
  readonly path: string;
  readonly content: string;
}

/** Reads a cloud-config document. */
export function readCloudConfig(document: unknown): CloudConfig {
  const files = listOf(at(document, "write_files")).map(written);
  const run = listOf(at(document, "runcmd")).map((command) =>
    Array.isArray(command) ? command.map(String) : [String(command)],
  );
  const isScript = ({ path }: Written) => run.some((command) => command.length === 1 && command[0] === path);
  const lines = files.filter(isScript).flatMap(({ content }) => content.split("\n").filter((line) => line !== ""));

  const others = [
    ...Object.keys(document ?? {}).filter((key) => !KEYS.includes(key)),
    ...files
      .filter((file) => !isScript(file) && !SETTINGS.some((form) => form.test(file.path)))
      .map(({ path }) => path),
    ...run
      .filter((command) => !files.some(({ path }) => command.length === 1 && command[0] === path))
      .map((one) => one.join(" ")),
    ...lines.filter((line) => !LINES.some((form) => form.test(line))),
  ];
  const kubelets = files
    .filter(({ path }) => path.endsWith(".json"))
    .map(({ content }) => JSON.parse(content) as unknown);
  return { kubelets, flags: flagsOf(lines), sysctls: sysctlsOf(files), lines, others };
}

const written = (file: unknown): Written => ({ path: String(at(file, "path")), content: String(at(file, "content")) });

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function flagsOf(lines: readonly string[]): string[] {
  const extra = lines.flatMap((line) =>
    BOOTSTRAP.test(line) ? (/ --kubelet-extra-args '([^']*)'/.exec(line)?.[1] ?? "") : [],
  );
  return extra.flatMap((flags) => flags.split(/\s+/)).filter((flag) => flag !== "");
}

function sysctlsOf(files: readonly Written[]): Record<string, string> {
  const set = files
    .filter(({ path }) => path.startsWith("/etc/sysctl.d/"))
    .flatMap(({ content }) => content.split("\n"));
  const pairs = set.flatMap((line) => (/^\s*([\w.]+)\s*=\s*(\S+)\s*$/.exec(line) ?? []).slice(1, 3));
  return Object.fromEntries(
    pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1] ?? ""] as const] : [])),
  );
}
