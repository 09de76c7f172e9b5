import { k8s } from "cdk8s-plus-28";
import { environment } from "../environment";
import { pinned } from "../image";
import { label } from "../name";
import { bytes, cores } from "../quantity";

/** How much of a node a container may use. What is left out keeps its default. */
export interface Resources {
  /** Processor time it is promised. @default 100m */
  readonly cpu?: string;
  /** Processor time it is cut off at. @default 1: one core, so that a busy loop takes no whole node */
  readonly cpuLimit?: string;
  /** Memory it is promised and killed at: the same, so that it never lives on memory that somebody else was promised. @default 256Mi */
  readonly memory?: string;
  /** Logs and scratch space on the node's disk. @default 256Mi */
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
}

const USER = 10_001;
const SCRATCH = { "/tmp": "64Mi" };
const RESOURCES: Required<Resources> = { cpu: "100m", cpuLimit: "1", memory: "256Mi", ephemeralStorage: "256Mi" };

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
    resources: resources(args.resources ?? {}),
    securityContext: { ...RESTRICTED, runAsUser: user, runAsGroup: user },
    volumeMounts: mounts(args),
    ...rest,
  };
}

/** The volumes that {@link container} mounts. */
export function volumes(args: ContainerArgs, secretOf: (secret: string) => string): k8s.Volume[] {
  const scratch = Object.entries(args.scratch ?? SCRATCH).map(([path, size]) => ({
    name: scratchName(path),
    emptyDir: { sizeLimit: k8s.Quantity.fromString(bytes(`the size of scratch folder ${path}`, size)) },
  }));
  const secrets = (args.secrets ?? []).map((secret) => ({
    name: secretName(secret),
    // 0440: the owner is root and the group is the container's own, by fsGroup.
    secret: { secretName: secretOf(secret), defaultMode: 0o440 },
  }));
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
  const scratch = Object.keys(args.scratch ?? SCRATCH).map((path) => ({ name: scratchName(path), mountPath: path }));
  const secrets = (args.secrets ?? []).map((secret) => ({
    name: secretName(secret),
    mountPath: `/run/secrets/${secret}`,
    readOnly: true,
  }));
  return [...scratch, ...secrets];
}

function resources(asked: Resources): k8s.ResourceRequirements {
  const { cpu, cpuLimit, memory, ephemeralStorage } = { ...RESOURCES, ...asked };
  const both = {
    memory: k8s.Quantity.fromString(bytes("resources.memory", memory)),
    "ephemeral-storage": k8s.Quantity.fromString(bytes("resources.ephemeralStorage", ephemeralStorage)),
  };
  return {
    requests: { cpu: k8s.Quantity.fromString(cores("resources.cpu", cpu)), ...both },
    limits: { cpu: k8s.Quantity.fromString(cores("resources.cpuLimit", cpuLimit)), ...both },
  };
}

function scratchName(path: string): string {
  if (!/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/.test(path)) {
    throw new Error(`a scratch folder must be an absolute path without "..", got "${path}"; write for example /tmp`);
  }
  return label(`the volume of scratch folder ${path}`, `scratch${path.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase()}`);
}

function secretName(secret: string): string {
  return label(`the volume of secret "${secret}"`, `secret-${label("a secret's name", secret)}`);
}
