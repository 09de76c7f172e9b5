import { IMAGE_FAMILY, type ImageFamily } from "../platform";

/** The fields of a written pod by which it depends on its node, whoever wrote them. */
interface Confined {
  readonly appArmorProfile?: unknown;
  readonly seLinuxOptions?: { readonly type?: string };
}

interface Pod {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly hostUsers?: boolean;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly securityContext?: Confined;
    readonly containers?: readonly { readonly securityContext?: Confined }[];
    readonly initContainers?: readonly { readonly securityContext?: Confined }[];
  };
}

/** What only some nodes can do for a pod, and which. */
const DEPENDS: readonly {
  readonly asks: string;
  readonly by: (pod: Pod) => boolean;
  readonly on: readonly [ImageFamily, ...ImageFamily[]];
  readonly why: string;
}[] = [
  {
    asks: "an AppArmor profile",
    by: (pod) => contexts(pod).some(({ appArmorProfile }) => appArmorProfile !== undefined) || annotated(pod),
    on: ["ubuntu"],
    why: "every other kubelet refuses it",
  },
  {
    asks: "an SELinux type",
    by: (pod) => contexts(pod).some(({ seLinuxOptions }) => seLinuxOptions?.type !== undefined),
    on: ["bottlerocket"],
    why: "nothing enforces it elsewhere",
  },
  {
    asks: "a user namespace of its own (hostUsers: false)",
    by: ({ spec }) => spec?.hostUsers === false,
    on: ["al2023", "ubuntu"],
    why: "Bottlerocket's kernel makes none (user.max_user_namespaces is 0)",
  },
];

/**
 * What is wrong with where the pods of a written object may run: what a patch adds must be pinned like what a profile says.
 *
 * @param kind of the object
 */
export function unplaceable(kind: string, spec: unknown): string[] {
  const pod = podOf(kind, spec);
  if (pod === undefined) return [];
  const family = pod.spec?.nodeSelector?.[IMAGE_FAMILY];
  return DEPENDS.filter(({ by, on }) => by(pod) && !on.some((each) => each === family)).map(
    ({ asks, on, why }) =>
      `asks for ${asks} on ${family === undefined ? "any node" : `nodes of ${family}`}, and ${why}; ` +
      `give its pods the nodeSelector ${IMAGE_FAMILY}: ${on.join(" or ")}, or leave it away`,
  );
}

function contexts({ spec = {} }: Pod): Confined[] {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  return [spec.securityContext ?? {}, ...containers.map(({ securityContext }) => securityContext ?? {})];
}

/** AppArmor before Kubernetes 1.30; the API server still turns it into the field. */
function annotated({ metadata }: Pod): boolean {
  return Object.keys(metadata?.annotations ?? {}).some((name) => name.startsWith("container.apparmor.security."));
}

function podOf(kind: string, spec: unknown): Pod | undefined {
  switch (kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return (spec as { template?: Pod } | undefined)?.template;
    case "CronJob":
      return (spec as { jobTemplate?: { spec?: { template?: Pod } } } | undefined)?.jobTemplate?.spec?.template;
    default:
      return undefined;
  }
}
