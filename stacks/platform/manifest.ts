import type { Chart } from "cdk8s";

/** A Kubernetes object as constructs render it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Everything that charts render, in the order in which they render it. */
export function manifests(...charts: readonly Chart[]): readonly Manifest[] {
  return charts.flatMap((chart) => chart.toJson() as Manifest[]);
}

/** The API group of an object; empty for the core one. */
export function groupOf({ apiVersion }: Pick<Manifest, "apiVersion">): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/** The type of the Pulumi resource that an object becomes. */
export function tokenOf({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** What an object is called in this stack: `NetworkPolicy/team-shop/default-deny`. */
export function nameOf({ kind, metadata: { namespace, name } }: Pick<Manifest, "kind" | "metadata">): string {
  return [kind, ...(namespace === undefined ? [] : [namespace]), name].join("/");
}

/** Whether an object is a team's namespace, with which everything goes that the team runs and keeps. */
export function isTenant({ kind, metadata: { labels = {} } }: Pick<Manifest, "kind" | "metadata">): boolean {
  return kind === "Namespace" && "bulwark/tenant" in labels;
}

/** Kinds that others stand on, in the order in which they are made. */
const FIRST = ["CustomResourceDefinition", "Namespace", "PriorityClass"];
/** Kinds that give somebody a right; whatever narrows the right is there before it. */
const LAST = ["RoleBinding", "ClusterRoleBinding"];

/** The same objects with definitions and namespaces first and rights last; otherwise the order stays. */
export function ordered(objects: readonly Manifest[]): readonly Manifest[] {
  const rank = ({ kind }: Manifest) => {
    if (LAST.includes(kind)) return FIRST.length + 1;
    return FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length;
  };
  return objects.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether an object of the same subject must stand before another: its definition, its namespace, and what narrows the right that it gives. */
export function isBefore(other: Manifest, { kind, metadata }: Manifest): boolean {
  if (other.kind === "CustomResourceDefinition") return kind !== other.kind;
  if (other.kind === "Namespace") return other.metadata.name === metadata.namespace;
  return LAST.includes(kind) && !LAST.includes(other.kind);
}

/** What an Output becomes where somebody writes it into a text (Pulumi, `Output.toString`). */
const UNRESOLVED = /\[Output<T>\]|\[object (?:Object|Promise)\]/;

/**
 * Refuses an object that cannot be what somebody meant: a value in it was not known yet when it was written as text.
 *
 * @throws Error that names the object and the field
 */
export function resolved(manifest: Manifest): Manifest {
  const field = unresolved(manifest, []);
  if (field === undefined) return manifest;
  throw new Error(
    `${nameOf(manifest)}: ${field} holds the text of an Output that is not known yet; read it with getOutputDetails first`,
  );
}

function unresolved(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === "string") return UNRESOLVED.test(value) ? path.join(".") : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = UNRESOLVED.test(key) ? [...path, key].join(".") : unresolved(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
