import { k8s } from "cdk8s-plus-28";
import { environment } from "../environment";
import { pinned } from "../image";
import { distinct, folder, label } from "../name";
import type { Profile } from "../profile";
import { confinement } from "../profile/confinement";
import { bytes, cores, inBytes, inMillicores } from "../quantity";

/** How much of a node a container may use. What is left out keeps its default. */
export interface Resources {
  /** Processor time it is promised. @default 100m */
  readonly cpu?: string;
  /** Processor time it is cut off at. @default one core, or what it is promised if that is more: a busy loop takes no whole node */
  readonly cpuLimit?: string;
  /** Memory it is promised and killed at: the same, so that it never lives on memory that somebody else was promised. @default 256Mi */
  readonly memory?: string;
  /** Logs and all scratch folders together on the node's disk. @default 256Mi */
  readonly ephemeralStorage?: string;
}

/** The container of a workload. */
export interface ContainerArgs {
  /** The image by its digest: `name@sha256:<64 hex digits>`. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Settings; never credentials, which belong into `secrets`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Secrets of the tenant, each a file `/run/secrets/<name>/value` that is replaced when the secret rotates. */
  readonly secrets?: readonly string[];
  /** Folders it may write, with the most they may hold. The rest of its file system is read-only. @default /tmp with 64Mi */
  readonly scratch?: Readonly<Record<string, string>>;
  /** The user and group it runs as. @default 10001, which no image's own accounts use; never 0 */
  readonly user?: number;
  readonly resources?: Resources;
  /**
   * How the kernel confines it. A profile that only one operating system knows also says which nodes it runs on.
   *
   * @default the container runtime's seccomp profile, on any node
   */
  readonly profile?: Profile;
}

const USER = 10_001;
const SCRATCH = { "/tmp": "64Mi" };
const RESOURCES = { cpu: "100m", memory: "256Mi", ephemeralStorage: "256Mi" };
const ONE_CORE = "1";

/**
 * What the *restricted* Pod Security Standard asks of a container, and a root file system that nobody can plant a file in
 * (Kubernetes "Pod Security Standards"; CIS Kubernetes 1.12 §5.2, §5.6.3). Whole and not to be changed field by field.
 */
const RESTRICTED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Renders the container of a workload.
 *
 * @param secretOf names the Kubernetes Secret that holds a secret of the tenant
 * @throws Error for an image without digest, the user 0, amounts without unit and credentials in the environment
 */
export function container(name: string, args: ContainerArgs, rest: Partial<k8s.Container> = {}): k8s.Container {
  const user = userOf(args);
  return {
    name,
    image: pinned(args.image),
    imagePullPolicy: "IfNotPresent",
    ...(args.command && { command: [...args.command] }),
    ...(args.args && { args: [...args.args] }),
    ...(args.env && { env: environment(args.env) }),
    resources: resources(args),
    securityContext: { ...RESTRICTED, ...confinement(args.profile), runAsUser: user, runAsGroup: user },
    volumeMounts: mounts(args),
    ...rest,
  };
}

/** The volumes that {@link container} mounts. */
export function volumes(args: ContainerArgs, secretOf: (secret: string) => string): k8s.Volume[] {
  const scratch = byPath(args).map(([path, size]) => ({
    name: scratchName(path),
    emptyDir: { sizeLimit: k8s.Quantity.fromString(bytes(`the size of scratch folder ${path}`, size)) },
  }));
  const secrets = sorted(args.secrets).map((secret) => ({
    name: secretName(secret),
    // 0440: the owner is root and the group is the container's own, by fsGroup.
    secret: { secretName: secretOf(secret), defaultMode: 0o440 },
  }));
  // Folders are told apart by their path, and so must their volumes be: `/a-b` and `/a/b` would both be `scratch-a-b`.
  distinct(
    "the volume of a scratch folder",
    scratch.map(({ name }) => name),
  );
  return [...scratch, ...secrets];
}

/**
 * The user and group of a container.
 *
 * @throws Error for the user 0 and numbers that are no user
 */
export function userOf({ user = USER }: ContainerArgs): number {
  if (Number.isInteger(user) && user > 0 && user < 2 ** 31) return user;
  throw new Error(`user must be a number from 1 to 2147483647, got ${user}; root is user 0 and never runs here`);
}

function mounts(args: ContainerArgs): k8s.VolumeMount[] {
  const scratch = byPath(args).map(([path]) => ({ name: scratchName(path), mountPath: path }));
  const secrets = sorted(args.secrets).map((secret) => ({
    name: secretName(secret),
    mountPath: `/run/secrets/${secret}`,
    readOnly: true,
  }));
  return [...scratch, ...secrets];
}

function resources({ resources: asked = {}, scratch = SCRATCH }: ContainerArgs): k8s.ResourceRequirements {
  const { cpu, memory, ephemeralStorage } = { ...RESOURCES, ...asked };
  roomy(scratch, bytes("resources.ephemeralStorage", ephemeralStorage));
  const both = {
    memory: k8s.Quantity.fromString(bytes("resources.memory", memory)),
    "ephemeral-storage": k8s.Quantity.fromString(ephemeralStorage),
  };
  return {
    requests: { cpu: k8s.Quantity.fromString(cores("resources.cpu", cpu)), ...both },
    limits: { cpu: k8s.Quantity.fromString(cpuLimit(cpu, asked.cpuLimit)), ...both },
  };
}

function cpuLimit(promised: string, asked: string | undefined): string {
  const limit = cores("resources.cpuLimit", asked ?? ONE_CORE);
  if (inMillicores(limit) >= inMillicores(promised)) return limit;
  if (asked === undefined) return promised;
  throw new Error(`resources.cpuLimit must not be below resources.cpu (${promised}), got "${asked}"; raise it`);
}

/** What lies in scratch folders counts against the container's ephemeral storage: a pod above that is evicted. */
function roomy(scratch: Readonly<Record<string, string>>, ephemeralStorage: string): void {
  const asked = Object.entries(scratch).map(([path, size]) =>
    inBytes(bytes(`the size of scratch folder ${path}`, size)),
  );
  if (asked.reduce((sum, size) => sum + size, 0) <= inBytes(ephemeralStorage)) return;
  throw new Error(
    `scratch folders must fit into resources.ephemeralStorage, got ${Object.values(scratch).join(" + ")} in ${ephemeralStorage}; raise resources.ephemeralStorage`,
  );
}

/** Written in the order of their names: writing them in another order changes nothing and starts no pod anew. */
function byPath({ scratch = SCRATCH }: ContainerArgs): [path: string, size: string][] {
  return Object.entries(scratch).sort(([a], [b]) => (a < b ? -1 : 1));
}

function sorted(secrets: readonly string[] = []): string[] {
  return [...secrets].sort();
}

function scratchName(path: string): string {
  const plain = folder("a scratch folder", path)
    .replace(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
  return label(`the volume of scratch folder ${path}`, `scratch${plain}`);
}

function secretName(secret: string): string {
  return label(`the volume of secret "${secret}"`, `secret-${label("a secret's name", secret)}`);
}
