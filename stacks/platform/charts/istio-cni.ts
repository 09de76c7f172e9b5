import { CONTROL_PLANE, DNS } from "../../../constructs/platform";
import { type ChartContext, type ChartRelease, release } from "./chart";
import { type Resources, resources, SECCOMP, type Seccomp } from "./pod";

/** What is said to the chart of the mesh's CNI plugin. */
interface CniValues {
  readonly image: string;
  readonly seccompProfile: Seccomp;
  readonly useAppArmorAnnotation: false;
  readonly seLinuxOptions: { readonly type: "spc_t" };
  readonly excludeNamespaces: readonly string[];
  readonly repair: { readonly enabled: true; readonly repairPods: true };
  readonly resources: Resources;
  readonly global: { readonly logAsJson: true; readonly networkPolicy: { readonly enabled: false } };
}

const NAMESPACE = "istio-cni";

/**
 * The plugin that leads a pod's traffic through its proxy, so that no pod needs the rights to do it itself.
 *
 * @control charts-istio-plugin
 * @control charts-istio-seccomp
 * @control charts-node-agents-apart
 */
export function istioCni({ image }: ChartContext): ChartRelease<CniValues> {
  return release({
    name: "istio-cni",
    namespace: NAMESPACE,
    chart: "cni",
    // Host paths, root, SYS_ADMIN: a node agent, and the reason why it has a namespace of its own.
    podSecurity: "privileged",
    after: ["istio-base"],
    values: {
      image: image("install-cni").reference,
      seccompProfile: SECCOMP,
      // The field instead of the annotation, which Kubernetes gave up with 1.30.
      useAppArmorAnnotation: false,
      // Bottlerocket confines containers by SELinux, and this one writes to the node.
      seLinuxOptions: { type: "spc_t" },
      // The chart's own list is kube-system alone.
      excludeNamespaces: [DNS.namespace, CONTROL_PLANE.namespace, NAMESPACE],
      // Repairs a pod that started before the plugin where it stands: the plugin may then neither delete nor label pods.
      repair: { enabled: true, repairPods: true },
      resources: resources("100m", "256Mi"),
      global: {
        logAsJson: true,
        // Ours: the chart's lets everything out.
        networkPolicy: { enabled: false },
      },
    },
  });
}
