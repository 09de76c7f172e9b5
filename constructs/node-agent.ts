import { k8s } from "cdk8s-plus-28";
import { alive, type Alive } from "./alive";
import type { Application } from "./application";
import { ExternalSecret } from "./external-secret";
import { distinct, folder } from "./name";
import { Tenant } from "./tenant";
import { type ContainerArgs, volumes } from "./workload/container";
import { Workload } from "./workload/workload";

/** Capabilities that the *baseline* Pod Security Standard lets a container add (Kubernetes, "Pod Security Standards"). */
const BASELINE = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;

/** What an agent may be given beyond what every container has; `SYS_ADMIN` and its kin need a tenant that is privileged. */
export type Capability =
  | (typeof BASELINE)[number]
  | "BPF"
  | "DAC_READ_SEARCH"
  | "NET_ADMIN"
  | "NET_RAW"
  | "PERFMON"
  | "SYS_ADMIN"
  | "SYS_PTRACE"
  | "SYS_RESOURCE";

/** A folder of the node that an agent sees. */
export interface NodeFolder {
  readonly path: string;
  /** Whether the agent may write it. @default false: what it reads it cannot change */
  readonly writable?: boolean;
}

/** What an agent needs of its node. What is left out it does not get. */
export interface Needs {
  /** Why it needs this; stands in the DaemonSet as an annotation. */
  readonly reason: string;
  readonly capabilities?: readonly Capability[];
  readonly folders?: readonly NodeFolder[];
  /** Runs as root. @default false */
  readonly root?: true;
  /** Lifts every boundary between the container and its node, which the other needs rarely add up to. @default false */
  readonly privileged?: true;
}

/** It runs on every node, so it can name no profile that only some of them know. */
export interface NodeAgentArgs extends Omit<ContainerArgs, "user" | "profile"> {
  readonly needs: Needs;
  /** How to ask whether it still works. */
  readonly health: Alive;
}

/** The annotation that says why pods need more than the *restricted* standard allows. */
const REASON = "bulwark/privilege-reason";

/**
 * A pod on every node that watches the node itself: the one kind that may need more than the *restricted* standard allows. It gets what it names,
 * for a reason, in a tenant that was made for it.
 */
export class NodeAgent extends Workload {
  readonly #level: "baseline" | "privileged";

  constructor(application: Application, id: string, args: NodeAgentArgs) {
    super(application, id, args);
    if (args.needs.reason.trim() === "")
      throw new Error(`node agent "${id}" needs a reason; say what it must see of its node and why`);
    this.#level = levelOf(args.needs);
    this.daemonSet(args);
    this.node.addValidation({ validate: () => this.misplaced() });
  }

  private daemonSet({ needs, health, ...container }: NodeAgentArgs): void {
    const annotations = { ...this.controllerMetadata.annotations, [REASON]: needs.reason };
    const folders = foldersOf(needs);
    const template = this.podTemplate(
      {
        ...alive(health),
        securityContext: securityContext(needs),
        volumeMounts: folders.map(({ name, path, writable = false }) => ({
          name,
          mountPath: `/host${path}`,
          readOnly: !writable,
        })),
      },
      {
        ...(needs.root && { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
        // A node that no agent watches is where an intruder goes: taints keep it from none.
        tolerations: [{ operator: "Exists" }],
        volumes: [
          ...volumes(container, (secret) => ExternalSecret.nameOf(this.name, secret)),
          ...folders.map(({ name, path }) => ({ name, hostPath: { path, type: "Directory" } })),
        ],
      },
    );
    new k8s.KubeDaemonSet(this, "daemon-set", {
      metadata: { ...this.controllerMetadata, annotations },
      spec: {
        selector: { matchLabels: { ...this.selector } },
        updateStrategy: {
          type: "RollingUpdate",
          rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) },
        },
        template,
      },
    });
  }

  /** Its tenant is asked where it stands in the same app; elsewhere admission is. */
  private misplaced(): string[] {
    return this.node.root.node
      .findAll()
      .filter((node) => Tenant.is(node))
      .filter(({ node, podSecurity }) => node.id === this.tenant && !enough(podSecurity, this.#level))
      .map(
        ({ podSecurity }) =>
          `node agent "${this.name}" needs Pod Security level ${this.#level}, and tenant "${this.tenant}" has ${podSecurity}; ` +
          `put it into a tenant with podSecurity: { level: "${this.#level}", reason: "…" }`,
      );
  }
}

function levelOf({ capabilities = [], folders = [], privileged }: Needs): "baseline" | "privileged" {
  const allowed: readonly string[] = BASELINE;
  const more = capabilities.some((capability) => !allowed.includes(capability));
  return privileged || folders.length > 0 || more ? "privileged" : "baseline";
}

function enough(has: Tenant["podSecurity"], wants: "baseline" | "privileged"): boolean {
  return has === "privileged" || has === wants;
}

function securityContext({ capabilities = [], root, privileged }: Needs): k8s.SecurityContext {
  return {
    // Kubernetes refuses a privileged container that may not escalate: it has nowhere left to go.
    allowPrivilegeEscalation: privileged ?? false,
    capabilities: {
      drop: ["ALL"],
      ...(capabilities.length > 0 && { add: [...distinct("a capability", capabilities)].sort() }),
    },
    privileged: privileged ?? false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: !root,
    runAsUser: root ? 0 : 10_001,
    runAsGroup: root ? 0 : 10_001,
    ...(!privileged && { seccompProfile: { type: "RuntimeDefault" } }),
  };
}

function foldersOf({ folders = [] }: Needs): (NodeFolder & { readonly name: string })[] {
  const named = folders.map((each) => ({
    ...each,
    name: `node${folder("a folder of the node", each.path)
      .replace(/[^A-Za-z0-9]+/g, "-")
      .toLowerCase()}`,
  }));
  distinct(
    "the volume of a folder of the node",
    named.map(({ name }) => name),
  );
  return named.sort((a, b) => (a.path < b.path ? -1 : 1));
}
