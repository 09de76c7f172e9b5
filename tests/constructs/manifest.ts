import type { App } from "cdk8s";
import { parseAllDocuments } from "yaml";
import type { Pod } from "./pod-security";

/** A Kubernetes object as it is written: what tests read of it, and nothing they would have from the constructs themselves. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

type Judged = NonNullable<Pod["spec"]["containers"]>[number];

interface Container extends Omit<Judged, "ports"> {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
}

/** A pod that some controller makes. */
interface MadePod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: Omit<Pod["spec"], "containers"> & {
    readonly serviceAccountName?: string;
    readonly containers: readonly Container[];
  };
}

/** Everything an app writes, read back from the very text. */
export function written(app: App): Manifest[] {
  return parseAllDocuments(app.synthYaml())
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** Objects of one kind. */
export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** A workload and the pods it makes. */
export interface Made {
  readonly by: Manifest;
  readonly namespace: string;
  readonly pod: MadePod;
}

/** The pod of everything that makes pods. */
export function pods(manifests: readonly Manifest[]): Made[] {
  return manifests.flatMap((by) => {
    const pod = templateOf(by);
    return pod === undefined ? [] : [{ by, namespace: by.metadata.namespace ?? "default", pod }];
  });
}

function templateOf({ kind, spec }: Manifest): MadePod | undefined {
  switch (kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return (spec as { template: MadePod }).template;
    case "CronJob":
      return (spec as { jobTemplate: { spec: { template: MadePod } } }).jobTemplate.spec.template;
    default:
      return undefined;
  }
}
