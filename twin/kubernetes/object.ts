import type { Properties } from "../behaviour";
import { isBag } from "../wire";
import { apiVersionOf, kindOf, withoutPatch, type Kind } from "./kind";

/** The metadata that the twin looks at. */
export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The annotation by which the provider remembers that it chose the name. */
const AUTONAMED = "pulumi.com/autonamed";

/** The metadata of an object; empty where there is none. */
export function metadataOf(object: Properties | undefined): Metadata {
  return isBag(object?.["metadata"]) ? object["metadata"] : {};
}

/** The object without what only an API server writes, with its `apiVersion` and `kind` said (provider source, `normalizeInputs`). */
export function normalized(kind: Kind, inputs: Properties): Properties {
  const metadata = Object.entries(metadataOf(inputs)).filter(([key]) => !READ_ONLY.includes(key));
  return { ...inputs, apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: Object.fromEntries(metadata) };
}

const READ_ONLY = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/** The object with the name that the last deployment gave it, or a new one, where the program gives none. */
export function autonamed(object: Properties, fresh: string, olds: Properties | undefined): Properties {
  const { name, generateName, annotations, ...others } = metadataOf(object);
  if ((name ?? "") !== "" || generateName !== undefined) return object;
  const before = metadataOf(olds);
  const adopted = isAutonamed(before) ? before.name : undefined;
  const metadata = { ...others, name: adopted ?? fresh, annotations: { ...annotations, [AUTONAMED]: "true" } };
  return { ...object, metadata };
}

/** True when the provider chose the name. */
export function isAutonamed({ annotations }: Metadata): boolean {
  return annotations?.[AUTONAMED] === "true";
}

/** The id the provider gives: the name, and before it the namespace where there is one. */
export function idOf({ namespace, name = "" }: { readonly namespace?: string; readonly name?: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The API server's name of a kind's objects: `deployments.apps`, `namespaces`. */
export function resourceOf({ group, kind }: Kind): string {
  return group === "" ? pluralOf(kind) : `${pluralOf(kind)}.${group}`;
}

/** The plural that Kubernetes makes of a kind unless a definition says another. */
export function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === "endpoints") return lower;
  if (/(s|x|ch)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** The kind of a token that is known to name one. */
export function knownKind(token: string): Kind {
  const kind = kindOf(withoutPatch(token));
  if (kind === undefined) throw new Error(`${token} names no kind of the Kubernetes API`);
  return kind;
}
