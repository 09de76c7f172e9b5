import { type ApiObject, JsonPatch } from "cdk8s";

/** Takes the chart's namespace off an object that stands in none: strict API servers refuse it there. */
export function clusterScoped<T extends ApiObject>(object: T): T {
  object.addJsonPatch(JsonPatch.remove("/metadata/namespace"));
  return object;
}
