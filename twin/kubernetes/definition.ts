import type { Properties, Stored } from "../behaviour";
import { valuesAt } from "../path";
import { broughtBy, OF_EKS, type Brought } from "./chart";
import { apiVersionOf, tokenOf, type Kind } from "./kind";
import { pluralOf } from "./object";
import { objectSchema } from "./schema";
import { isClusterWide } from "./scope";

/** The token of a definition of custom resources. */
export const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** Whether a kind's objects lie in namespaces; undefined where the API server serves no such kind. */
export function scopeOf(kind: Kind, objects: readonly Stored[]): "Namespaced" | "Cluster" | undefined {
  if (objectSchema.kinds[tokenOf(apiVersionOf(kind), kind.kind)]) return isClusterWide(kind) ? "Cluster" : "Namespaced";
  const [brought] = OF_EKS.filter((one) => serves(one, kind));
  if (brought) return brought.scope;
  const definition = objects.find(({ type, properties }) => type === DEFINITION && defines(properties, kind));
  return definition && (valuesAt(definition.properties, "spec.scope")[0] as "Namespaced" | "Cluster");
}

/** True when an object of a custom resource definition defines this kind, in this version. */
function defines(definition: Properties, kind: Kind): boolean {
  return definesGroupKind(definition, kind) && valuesAt(definition, "spec.versions.name").includes(kind.version);
}

/** True when a definition is the one of this kind, in whatever version. */
export function definesGroupKind(definition: Properties, { group, kind }: Kind): boolean {
  return valuesAt(definition, "spec.group").includes(group) && valuesAt(definition, "spec.names.kind").includes(kind);
}

function serves({ group, kinds, versions }: Brought, kind: Kind): boolean {
  return group === kind.group && kinds.includes(kind.kind) && versions.includes(kind.version);
}

/** The definitions that a release brings, as objects, by name. */
export function definitionsOf(chart: string, values: object, skipCrds: boolean): ReadonlyMap<string, Properties> {
  const made = broughtBy(chart, values, skipCrds).flatMap(({ group, kinds, versions, scope }) =>
    kinds.map((kind): [string, Properties] => {
      const plural = pluralOf(kind);
      const name = `${plural}.${group}`;
      const names = { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` };
      const served = versions.map((version, index) => ({
        name: version,
        served: true,
        storage: index === 0,
        schema: ANYTHING,
      }));
      const spec = { group, scope, names, versions: served };
      return [
        name,
        { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name }, spec },
      ];
    }),
  );
  return new Map(made);
}

// What the real definitions say of fields is not in the table of charts.
const ANYTHING = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
