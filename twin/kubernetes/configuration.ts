import type { Properties } from "../behaviour";
import { UNKNOWN } from "../wire";
import type { Mutability } from "./immutable";
import type { RealServer } from "./real";

/** What `kubernetes.Provider` is given, as far as the twin judges or uses it. */
export interface KubernetesConfiguration extends Mutability {
  /** The kubeconfig's text, YAML or JSON. */
  readonly kubeconfig?: string;
  /** The context of the kubeconfig; absent: its current one. */
  readonly context?: string;
  /** The namespace of objects that name none. @default default */
  readonly namespace?: string;
  /** An object that is there already is taken over instead of refused. @default false */
  readonly upsertExistingObjects?: boolean;
  /** What a cluster that does not answer held is forgotten. @default false */
  readonly deleteUnreachable?: boolean;
  /** A cluster that always answers, for a test whose program names none. @default none */
  readonly alone?: string;
  /** A real API server that judges and keeps the objects too. @default none: the twin does both alone */
  readonly real?: RealServer | undefined;
  /** Addresses of API servers that answer though the account holds no such cluster; for tests. @default none */
  readonly standing?: readonly string[];
}

const TEXTS = ["kubeconfig", "context", "namespace"] as const;
const FLAGS = ["enableConfigMapMutable", "enableSecretMutable", "upsertExistingObjects", "deleteUnreachable"] as const;

/** The provider's configuration as it arrives: text, and everything else as JSON in text. */
export function kubernetesConfiguration(args: Properties): KubernetesConfiguration {
  const said = (key: string) => typeof args[key] === "string" && args[key] !== "" && args[key] !== UNKNOWN;
  return Object.fromEntries([
    ...TEXTS.filter(said).map((key) => [key, args[key]]),
    ...FLAGS.map((key) => [key, args[key] === true || args[key] === "true"]),
  ]) as KubernetesConfiguration;
}
