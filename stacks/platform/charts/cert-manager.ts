import { type ChartContext, type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, type Spread, spread } from "./pod";

interface PinnedImage {
  readonly repository: string;
  readonly digest: string;
}

/** What each of the three workloads is told. */
interface Part {
  readonly image: PinnedImage;
  readonly replicaCount: number;
  readonly podDisruptionBudget: { readonly enabled: true; readonly maxUnavailable: number };
  readonly resources: Resources;
  readonly topologySpreadConstraints: readonly Spread[];
  readonly networkPolicy: { readonly enabled: false };
}

/** What is said to cert-manager's chart. */
interface CertManagerValues extends Part {
  readonly crds: { readonly enabled: true; readonly keep: true };
  readonly global: {
    readonly leaderElection: { readonly namespace: string };
    readonly priorityClassName: string;
    readonly rbac: { readonly aggregateClusterRoles: false };
  };
  readonly config: {
    readonly apiVersion: "controller.config.cert-manager.io/v1alpha1";
    readonly kind: "ControllerConfiguration";
    readonly clusterIssuerAmbientCredentials: false;
    readonly issuerAmbientCredentials: false;
  };
  readonly webhook: Part & {
    readonly timeoutSeconds: number;
    readonly config: {
      readonly apiVersion: "webhook.config.cert-manager.io/v1alpha1";
      readonly kind: "WebhookConfiguration";
      readonly tlsConfig: { readonly minTLSVersion: "VersionTLS13" };
    };
  };
  readonly cainjector: Part;
  readonly acmesolver: { readonly image: PinnedImage };
  readonly startupapicheck: { readonly enabled: false };
}

const NAME = "cert-manager";

/**
 * Who makes and renews certificates inside the cluster: of webhooks, of the mesh's authority, of the way in.
 *
 * @control charts-cert-manager-definitions
 * @control charts-cert-manager-own-lease
 * @control charts-cert-manager-approval
 * @control charts-cert-manager-ambient
 * @control charts-no-aggregated-rights
 * @control charts-no-open-policies
 * @control charts-survive-a-drain
 */
export function certManager({ image }: ChartContext): ChartRelease<CertManagerValues> {
  const part = (component: string, replicaCount: number, memory: string): Part => ({
    image: pinned(image, `cert-manager-${component}`),
    replicaCount,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    resources: resources("50m", memory),
    topologySpreadConstraints: spread({
      "app.kubernetes.io/instance": NAME,
      "app.kubernetes.io/component": component,
    }),
    // Ours name the peers; policies add up, and the chart's lets four ports out to anywhere.
    networkPolicy: { enabled: false },
  });
  return release({
    name: NAME,
    namespace: NAME,
    chart: NAME,
    podSecurity: "restricted",
    values: {
      ...part("controller", 2, "512Mi"),
      // Certificates outlive the release: without the definitions every one of them would be gone.
      crds: { enabled: true, keep: true },
      global: {
        // Else its lease is an object in kube-system, and so are the rights to it.
        leaderElection: { namespace: NAME },
        priorityClassName: CRITICAL,
        // Who may write Certificates is said by our own roles, not added to `edit`.
        rbac: { aggregateClusterRoles: false },
      },
      config: {
        apiVersion: "controller.config.cert-manager.io/v1alpha1",
        kind: "ControllerConfiguration",
        // No issuer may use what the pod itself happens to be allowed in AWS.
        clusterIssuerAmbientCredentials: false,
        issuerAmbientCredentials: false,
      },
      webhook: {
        // The API server waits for it, so one replica a zone.
        ...part("webhook", 3, "128Mi"),
        // The chart's 30 seconds would hold up every request for as long.
        timeoutSeconds: 10,
        config: {
          apiVersion: "webhook.config.cert-manager.io/v1alpha1",
          kind: "WebhookConfiguration",
          tlsConfig: { minTLSVersion: "VersionTLS13" },
        },
      },
      cainjector: part("cainjector", 2, "512Mi"),
      acmesolver: { image: pinned(image, "cert-manager-acmesolver") },
      // A hook that asks whether the webhook answers; the release waits for the pods in any case.
      startupapicheck: { enabled: false },
    },
  });
}

function pinned(image: ChartContext["image"], name: string): PinnedImage {
  const { registry, repository, digest } = image(name);
  return { repository: `${registry}/${repository}`, digest };
}
