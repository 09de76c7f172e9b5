import type { Properties } from "../behaviour";
import { valuesAt } from "../path";
import { isBag } from "../wire";
import type { FieldError } from "./field";
import type { Kind } from "./kind";

/** What the API server's validation finds beyond single fields: a selector that misses its own pods, a Service without ports. */
export function senseless({ group, kind }: Kind, object: Properties): FieldError[] {
  if (group === "apps" && ["Deployment", "StatefulSet", "DaemonSet"].includes(kind)) return unselected(object);
  if (group === "" && kind === "Service") return portless(object);
  if (group === "policy" && kind === "PodDisruptionBudget") return contradictory(object);
  return [];
}

function unselected(object: Properties): FieldError[] {
  const [labels] = valuesAt(object, "spec.selector.matchLabels");
  const [own] = valuesAt(object, "spec.template.metadata.labels");
  if (!isBag(labels)) return [];
  const worn = isBag(own) ? own : {};
  if (Object.entries(labels).every(([key, value]) => worn[key] === value)) return [];
  const reason = `Invalid value: ${JSON.stringify(worn)}: \`selector\` does not match template \`labels\``;
  return [{ path: "spec.template.metadata.labels", reason }];
}

function portless(object: Properties): FieldError[] {
  const [type] = valuesAt(object, "spec.type");
  const [address] = valuesAt(object, "spec.clusterIP");
  const has = valuesAt(object, "spec.ports").length > 0;
  return has || type === "ExternalName" || address === "None" ? [] : [{ path: "spec.ports", reason: "Required value" }];
}

function contradictory(object: Properties): FieldError[] {
  const [least, most] = [valuesAt(object, "spec.minAvailable"), valuesAt(object, "spec.maxUnavailable")];
  if (least.length === 0 || most.length === 0) return [];
  const spec = JSON.stringify(valuesAt(object, "spec")[0]);
  return [{ path: "spec", reason: `Invalid value: ${spec}: minAvailable and maxUnavailable cannot be both set` }];
}
