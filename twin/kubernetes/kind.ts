import { objectSchema } from "./schema";

/** What an object is: its API group (empty for the core one), version and kind. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The token of a Helm release, which is no object of the API server but what makes many. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The kind that a token such as `kubernetes:apps/v1:Deployment` names; undefined for components such as `yaml/v2`. */
export function kindOf(token: string): Kind | undefined {
  const [, group, version, kind] = /^kubernetes:([^/:]+)\/([^/:]+):([^/:]+)$/.exec(token) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  if (!/^v\d+((alpha|beta)\d+)?$/.test(version) || COMPONENTS.includes(group)) return undefined;
  return { group: group === "core" ? "" : group, version, kind };
}

/** What an object of this kind writes into its `apiVersion`. */
export function apiVersionOf({ group, version }: Kind): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The token of what an `apiVersion` and a `kind` name. */
export function tokenOf(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

// Made of many resources by the SDK or in the provider's process; the twin has no such process.
const COMPONENTS = ["yaml", "helm.sh", "kustomize"];

/** The token of the kind that a patch resource such as `kubernetes:core/v1:NamespacePatch` changes; any other token as it is. */
export function withoutPatch(token: string): string {
  const base = token.replace(/Patch$/, "");
  return base in objectSchema.kinds ? base : token;
}

/** True for the list of a built-in kind, which no API server keeps. */
export function isList(kind: Kind): boolean {
  const token = tokenOf(apiVersionOf(kind), kind.kind);
  return token.endsWith("List") && token.replace(/List$/, "") in objectSchema.kinds;
}
