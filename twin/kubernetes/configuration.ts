import type { Properties } from "../behaviour";
import { UNKNOWN } from "../wire";

/** What `kubernetes.Provider` is given, as far as the twin judges or uses it. */
export interface KubernetesConfiguration {
  /** The kubeconfig's text, YAML or JSON. */
  readonly kubeconfig?: string;
  /** The namespace of objects that name none. @default default */
  readonly namespace?: string;
  /** Addresses of API servers that answer though the account holds no such cluster; for tests. */
  readonly standing?: readonly string[];
}

/** The provider's configuration as it arrives: text, and everything else as JSON in text. */
export function kubernetesConfiguration(args: Properties): KubernetesConfiguration {
  const { kubeconfig, namespace } = args;
  return { ...text("kubeconfig", kubeconfig), ...text("namespace", namespace) };
}

function text<Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> {
  const said = typeof value === "string" && value !== "" && value !== UNKNOWN;
  return said ? ({ [key]: value } as Record<Key, string>) : {};
}
