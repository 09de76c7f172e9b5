import { type ChartContext, type ChartRelease, release } from "./chart";
import { type Resources, resources, SECCOMP, type Seccomp } from "./pod";

/** What is said to Karpenter's chart. */
interface KarpenterValues {
  readonly serviceAccount: { readonly name: string };
  readonly settings: {
    readonly clusterName: string;
    readonly clusterEndpoint: string;
    readonly interruptionQueue: string;
    readonly eksControlPlane: true;
    readonly isolatedVPC: true;
  };
  readonly controller: {
    readonly image: { readonly repository: string; readonly tag: string; readonly digest: string };
    readonly env: readonly [{ readonly name: "AWS_REGION"; readonly value: string }];
    readonly resources: Resources;
    readonly securityContext: { readonly seccompProfile: Seccomp };
  };
}

const NAMESPACE = "karpenter";
const DEFINITIONS = "karpenter-crd";

/**
 * Karpenter's definitions, in a chart that Helm upgrades: what lies in a `crds` folder it installs once and forgets.
 *
 * @control charts-karpenter-definitions
 */
export function karpenterDefinitions(): ChartRelease {
  return release({
    name: DEFINITIONS,
    namespace: NAMESPACE,
    chart: DEFINITIONS,
    podSecurity: "restricted",
    values: {},
  });
}

/**
 * The controller that starts and ends nodes, on nodes that it does not own. Two replicas, their disruption budget, spread by zone and
 * priority are the chart's own.
 *
 * @control charts-karpenter-warned
 * @control charts-no-instance-metadata
 */
export function karpenter(
  { cluster, image }: Pick<ChartContext, "cluster" | "image">,
  { queue }: NonNullable<ChartContext["karpenter"]>,
): ChartRelease<KarpenterValues> {
  const { registry, repository, tag, digest } = image("karpenter");
  return release({
    name: "karpenter",
    namespace: NAMESPACE,
    chart: "karpenter",
    podSecurity: "restricted",
    after: [DEFINITIONS],
    skipCrds: true,
    values: {
      // The account for which the cluster layer holds the role.
      serviceAccount: { name: "karpenter" },
      settings: {
        clusterName: cluster.name,
        clusterEndpoint: cluster.endpoint,
        // Without it an instance that AWS takes away takes its pods along.
        interruptionQueue: queue,
        eksControlPlane: true,
        // Its NetworkPolicy opens the endpoints and nothing outside; the price list has none, and the image's own prices do.
        isolatedVPC: true,
      },
      controller: {
        // The chart presets the digest of its own version, so a tag alone would change nothing.
        image: { repository: `${registry}/${repository}`, tag, digest },
        // Else it asks the instance's metadata, which pods cannot reach, and gives up.
        env: [{ name: "AWS_REGION", value: cluster.region }],
        resources: resources("500m", "1Gi"),
        securityContext: { seccompProfile: SECCOMP },
      },
    },
  });
}
