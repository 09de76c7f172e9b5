import { ISTIOD_VALUES, MESH_CONFIG, type MeshConfig } from "../../../constructs/mesh/config";
import { CONTROL_PLANE } from "../../../constructs/platform";
import { type ChartContext, type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, SECCOMP, type Seccomp, type Spread, spread } from "./pod";

/** What is said to the chart of the mesh's control plane. */
interface IstiodValues {
  readonly image: string;
  readonly autoscaleMin: number;
  readonly autoscaleMax: number;
  readonly pdb: { readonly unhealthyPodEvictionPolicy: "AlwaysAllow" };
  readonly seccompProfile: Seccomp;
  readonly resources: Resources;
  readonly topologySpreadConstraints: readonly Spread[];
  readonly extraContainerArgs: readonly string[];
  readonly cni: { readonly enabled: true };
  readonly experimental: { readonly stableValidationPolicy: true };
  readonly base: { readonly validationFailurePolicy: "Fail" };
  readonly meshConfig: MeshConfig;
  readonly env: typeof ISTIOD_VALUES.env & {
    readonly PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: "false";
    readonly ENABLE_DEBUG_ON_HTTP: "false";
    readonly ENABLE_NATIVE_SIDECARS: "true";
  };
  readonly global: {
    readonly priorityClassName: string;
    readonly logAsJson: true;
    readonly enableReaderRBAC: false;
    readonly networkPolicy: { readonly enabled: false };
    readonly proxy: typeof ISTIOD_VALUES.global.proxy & { readonly image: string; readonly seccompProfile: Seccomp };
    readonly proxy_init: { readonly image: string };
  };
}

/**
 * The mesh's control plane: it injects proxies, signs their identities and tells them their policies.
 *
 * @control charts-istio-validates
 * @control charts-istio-no-reader
 * @control charts-istio-seccomp
 * @control charts-istio-declared-only
 * @control charts-istio-one-path
 * @control charts-istio-tls
 * @control charts-istio-through-proxy
 * @control charts-istio-no-plain-text
 * @control charts-istio-makes-no-workloads
 * @control charts-istio-proxy-first
 * @control charts-istio-access-logged
 * @control charts-istio-plugin
 */
export function istiod({ image }: ChartContext): ChartRelease<IstiodValues> {
  const proxy = image("proxyv2").reference;
  return release({
    name: "istiod",
    namespace: CONTROL_PLANE.namespace,
    chart: "istiod",
    podSecurity: "restricted",
    // Injected pods wait for the CNI plugin; and without this Secret istiod would sign with an authority of its own.
    after: ["istio-base", "istio-cni", "cert-manager"],
    needs: [`Certificate ${CONTROL_PLANE.namespace}/cacerts`],
    values: {
      // A value with a slash is used as it stands; hub, tag and variant then say nothing.
      image: image("pilot").reference,
      // The chart makes a disruption budget from two replicas on.
      autoscaleMin: 2,
      autoscaleMax: 5,
      // A replica that is not ready guards nothing and must not hold up a drain.
      pdb: { unhealthyPodEvictionPolicy: "AlwaysAllow" },
      seccompProfile: SECCOMP,
      resources: resources("500m", "2Gi"),
      topologySpreadConstraints: spread(CONTROL_PLANE.labels),
      // Closes xDS in plain text on 15010; proxies use 15012.
      extraContainerArgs: ["--grpcAddr="],
      // Else each pod gets an init container that is root with NET_ADMIN and NET_RAW.
      cni: { enabled: true },
      // `taint.enabled` stays off: it gives istiod the right to patch nodes, and the plugin repairs pods that came too early.
      experimental: { stableValidationPolicy: true },
      base: { validationFailurePolicy: "Fail" },
      meshConfig: MESH_CONFIG,
      env: {
        ...ISTIOD_VALUES.env,
        // Takes away the right to write Deployments, ServiceAccounts and Services everywhere.
        PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: "false",
        // No /debug on 8080, where nobody is asked who they are; /ready stays.
        ENABLE_DEBUG_ON_HTTP: "false",
        // A proxy that starts before and ends after its application, jobs included.
        ENABLE_NATIVE_SIDECARS: "true",
      },
      global: {
        priorityClassName: CRITICAL,
        logAsJson: true,
        enableReaderRBAC: false,
        // Ours name the peers; policies add up, and the chart's admits everybody and lets everything out.
        networkPolicy: { enabled: false },
        proxy: { ...ISTIOD_VALUES.global.proxy, image: proxy, seccompProfile: SECCOMP },
        proxy_init: { image: proxy },
      },
    },
  });
}
