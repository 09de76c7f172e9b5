import { parse } from "yaml";

/** What Image Builder may do with a component, told from its phases; undefined where the text is no component document. */
export function documentKind(data: string): "BUILD" | "TEST" | undefined {
  const read = parsed(data);
  if (!isObject(read) || String(read["schemaVersion"]) !== "1.0" || !Array.isArray(read["phases"])) return undefined;
  const phases = (read["phases"] as unknown[]).map((phase) => (isObject(phase) ? phase["name"] : undefined));
  const known = phases.filter((phase) => ["build", "validate", "test"].includes(String(phase)));
  if (known.length === 0 || new Set(phases).size < phases.length) return undefined;
  return known.every((phase) => phase === "test") ? "TEST" : "BUILD";
}

function parsed(data: string): unknown {
  try {
    return parse(data, { schema: "failsafe" });
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
