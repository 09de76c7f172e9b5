import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TYPES = readFileSync(join(dirname(require.resolve("cdk8s-plus-28")), "imports", "k8s.d.ts"), "utf8");

/** The fields of a Kubernetes type by the names they have in JSON, from the OpenAPI schema that cdk8s was made from (1.28). */
export function fieldsOf(type: string): string[] {
  const found = TYPES.matchAll(new RegExp(`@schema ${type.replaceAll(".", "[.]")}#(\\w+)`, "g"));
  const fields = [...new Set([...found].map(([, field]) => field ?? ""))];
  if (fields.length === 0) throw new Error(`cdk8s knows no type ${type}`);
  return fields;
}

/**
 * Fields that later versions have and cdk8s does not: Kubernetes API reference, core/v1 up to 1.36. Version 1.35's `workloadRef` was 1.36's
 * `schedulingGroup`, which a list of known fields would have let through.
 */
export const NEWER: Readonly<Record<string, readonly string[]>> = {
  "io.k8s.api.core.v1.PodSpec": ["hostnameOverride", "resources", "schedulingGroup", "workloadRef"],
  "io.k8s.api.core.v1.Container": ["restartPolicyRules"],
  "io.k8s.api.core.v1.SecurityContext": ["appArmorProfile"],
};
