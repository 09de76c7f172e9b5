import facts from "../../../facts/charts.json";
import type { Image } from "../images";

/** A chart that the platform may install, by the name under which its repository holds it. */
type ChartName = keyof typeof facts.charts;

/** Where a controller's role waits for it; the cluster layer hands it to exactly this account. */
interface Account {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** What the charts are told about the cluster, all of it read from the cluster layer's outputs. */
export interface ChartContext {
  readonly cluster: {
    readonly name: string;
    readonly endpoint: string;
    readonly region: string;
    readonly account: string;
    readonly vpcId: string;
    readonly environment: "development" | "staging" | "production";
  };
  /** An image of facts/images.json in our own registry, by digest. */
  readonly image: (name: string) => Image;
  readonly controllers: {
    readonly externalSecrets: Account;
    /** Absent where the cluster has no edge: there is nothing to bind, and no way in. */
    readonly loadBalancer?: Account | undefined;
  };
  /** The queue in which AWS warns Karpenter; absent where the blueprint has no Karpenter. */
  readonly karpenter?: { readonly queue: string } | undefined;
}

/** An object of ours that one chart cannot do without: made in its namespace before the chart. */
export interface ChartObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: object;
  readonly data?: Readonly<Record<string, string>>;
}

/** One release of one pinned chart. */
export interface ChartRelease<Values extends object = object> {
  readonly name: string;
  readonly namespace: string;
  readonly chart: ChartName;
  readonly repository: string;
  readonly version: string;
  readonly values: Values;
  /** Releases that must run first. */
  readonly after: readonly string[];
  /** Objects of ours, made elsewhere in this layer, that must exist first; each as `<Kind> <namespace>/<name>`. */
  readonly needs: readonly string[];
  /** Objects of ours that exist for this chart alone, and before it. */
  readonly objects: readonly ChartObject[];
  /** The strictest Pod Security level that admits the chart's pods with these values (charts.md §0.2). */
  readonly podSecurity: "restricted" | "privileged";
  /** The chart's own CRDs are left to another chart, which Helm upgrades. */
  readonly skipCrds?: true;
}

/** What a chart file says of its release; version and repository come from facts/charts.json. */
type Said<Values extends object> = Pick<
  ChartRelease<Values>,
  "name" | "namespace" | "chart" | "values" | "podSecurity"
> &
  Partial<Pick<ChartRelease, "after" | "needs" | "objects" | "skipCrds">>;

/**
 * Pins a release to the one version of its chart that was read.
 *
 * @control charts-version-pinned
 */
export function release<Values extends object>(said: Said<Values>): ChartRelease<Values> {
  const { repository, version } = facts.charts[said.chart];
  return { after: [], needs: [], objects: [], repository, version, ...said };
}

/**
 * What `kubernetes.helm.v3.Release` takes for a release: an OCI chart is named by its whole address, namespaces are objects
 * of ours (a chart would make one without its Pod Security level), and a release that fails to start is taken back.
 *
 * @control charts-source-encrypted
 * @control charts-values-visible
 * @control charts-namespace-levelled
 */
export function releaseInputs({ name, namespace, chart, repository, version, values, skipCrds }: ChartRelease) {
  const isOci = repository.startsWith("oci://");
  return {
    name,
    namespace,
    createNamespace: false,
    chart: isOci ? `${repository}/${chart}` : chart,
    ...(!isOci && { repositoryOpts: { repo: repository } }),
    version,
    values: Object.fromEntries(Object.entries(values)),
    skipCrds: skipCrds ?? false,
    // A development version would be a chart that nobody read.
    devel: false,
    atomic: true,
    timeout: 600,
  };
}
