import { ISSUER } from "../../../constructs/platform";
import { type ChartContext, type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, type Spread, spread } from "./pod";

interface TaggedImage {
  readonly repository: string;
  readonly tag: string;
}

/** What is said to the chart of External Secrets. */
interface ExternalSecretsValues {
  readonly image: TaggedImage;
  readonly replicaCount: number;
  readonly leaderElect: true;
  readonly serviceAccount: { readonly name: string };
  readonly crds: {
    readonly createClusterExternalSecret: false;
    readonly createClusterGenerator: false;
    readonly createClusterPushSecret: false;
    readonly createPushSecret: false;
    readonly annotations: { readonly "helm.sh/resource-policy": "keep" };
  };
  readonly processClusterExternalSecret: false;
  readonly processClusterGenerator: false;
  readonly processClusterPushSecret: false;
  readonly processPushSecret: false;
  readonly rbac: {
    readonly serviceAccountTokenCreate: false;
    readonly servicebindings: { readonly create: false };
    readonly aggregateToView: false;
    readonly aggregateToEdit: false;
    readonly aggregateToAdmin: false;
  };
  readonly resources: Resources;
  readonly priorityClassName: string;
  readonly podDisruptionBudget: { readonly enabled: true };
  readonly livenessProbe: { readonly enabled: true };
  readonly readinessProbe: { readonly enabled: true };
  readonly networkPolicy: { readonly enabled: false };
  readonly certController: { readonly create: false };
  readonly webhook: {
    readonly image: TaggedImage;
    readonly replicaCount: number;
    readonly priorityClassName: string;
    readonly resources: Resources;
    readonly podDisruptionBudget: { readonly enabled: true };
    readonly livenessProbe: { readonly enabled: true };
    readonly networkPolicy: { readonly enabled: false };
    readonly certManager: {
      readonly enabled: true;
      readonly cert: { readonly issuerRef: typeof ISSUER & { readonly group: "cert-manager.io" } };
    };
  };
  readonly global: { readonly topologySpreadConstraints: readonly Spread[] };
}

/**
 * Who puts secrets of AWS Secrets Manager into the cluster, under the one role that may read them.
 *
 * @control charts-external-secrets-no-tokens
 * @control charts-external-secrets-one-way
 * @control charts-external-secrets-readers
 * @control charts-no-aggregated-rights
 */
export function externalSecrets({ image, controllers }: ChartContext): ChartRelease<ExternalSecretsValues> {
  const { namespace, serviceAccount } = controllers.externalSecrets;
  const { registry, repository, tag, digest } = image("external-secrets");
  const pinned = { repository: `${registry}/${repository}`, tag: `${tag}@${digest}` };
  return release({
    name: serviceAccount,
    namespace,
    chart: "external-secrets",
    podSecurity: "restricted",
    after: ["cert-manager"],
    needs: [`${ISSUER.kind} ${ISSUER.name}`],
    values: {
      image: pinned,
      replicaCount: 2,
      // Two without a leader would both write every Secret.
      leaderElect: true,
      serviceAccount: { name: serviceAccount },
      // Nothing here copies a secret out of the cluster or into every namespace at once.
      crds: {
        createClusterExternalSecret: false,
        createClusterGenerator: false,
        createClusterPushSecret: false,
        createPushSecret: false,
        annotations: { "helm.sh/resource-policy": "keep" },
      },
      processClusterExternalSecret: false,
      processClusterGenerator: false,
      processClusterPushSecret: false,
      processPushSecret: false,
      rbac: {
        // Else it may make a token of any service account, and so be anybody.
        serviceAccountTokenCreate: false,
        servicebindings: { create: false },
        // What a persona may read is said by our own roles.
        aggregateToView: false,
        aggregateToEdit: false,
        aggregateToAdmin: false,
      },
      resources: resources("50m", "256Mi"),
      priorityClassName: CRITICAL,
      podDisruptionBudget: { enabled: true },
      livenessProbe: { enabled: true },
      readinessProbe: { enabled: true },
      // Ours: the chart's with no egress rule would cut it off from the API server.
      networkPolicy: { enabled: false },
      // One reader of all Secrets fewer; cert-manager does its work.
      certController: { create: false },
      webhook: {
        image: pinned,
        replicaCount: 2,
        priorityClassName: CRITICAL,
        resources: resources("50m", "128Mi"),
        podDisruptionBudget: { enabled: true },
        livenessProbe: { enabled: true },
        networkPolicy: { enabled: false },
        certManager: { enabled: true, cert: { issuerRef: { group: "cert-manager.io", ...ISSUER } } },
      },
      // The chart adds the labels of each of its workloads.
      global: { topologySpreadConstraints: spread() },
    },
  });
}
