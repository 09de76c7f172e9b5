import { ApiObject, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import type { Patch } from "./workload/workload";

/** The annotation that says why an object departs from the defaults. */
const ESCAPE = "bulwark/escape";

/**
 * Applies JSON patches (RFC 6902) to one object of a construct and writes the reason into it.
 *
 * @throws Error without a reason, or if the construct has no object of that kind
 */
export function escape(construct: Construct, { kind, reason, operations }: Patch): void {
  if (reason.trim() === "") throw new Error(`a patch of ${kind} needs a reason; say why the default does not fit`);
  const all = construct.node.findAll().filter((node) => node instanceof ApiObject);
  const objects = all.filter((object) => object.kind === kind);
  if (objects.length === 0) {
    const kinds = [...new Set(all.map((object) => object.kind))].sort().join(", ");
    throw new Error(`"${construct.node.path}" emits no ${kind}; it emits ${kinds}`);
  }
  for (const object of objects) {
    object.metadata.addAnnotation(ESCAPE, reason);
    rewrite(object, operations);
  }
}

/**
 * Applies JSON patches to an object as it is written. `addJsonPatch` would apply them before the classes of cdk8s-plus-28 drop every field that
 * Kubernetes 1.28 did not know, and nobody would be told.
 */
export function rewrite(object: ApiObject, operations: readonly JsonPatch[]): void {
  const render = object.toJson.bind(object);
  object.toJson = (): unknown => {
    try {
      return JsonPatch.apply(render(), ...operations) as unknown;
    } catch (error) {
      throw new Error(`cannot patch ${object.kind} at "${object.node.path}": ${String(error)}`, { cause: error });
    }
  };
}

export { JsonPatch };
