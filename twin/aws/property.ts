import type { Call, Properties } from "../behaviour";

/** The string at a dotted path, or undefined when it is absent or of another type. */
export function text(properties: Properties, path: string): string | undefined {
  const value = at(properties, path);
  return typeof value === "string" ? value : undefined;
}

/** The strings of a list at a dotted path; a single string counts as a list of one, as IAM documents write it. */
export function texts(properties: Properties, path: string): readonly string[] {
  const value = at(properties, path);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === "string");
}

/** The objects of a list at a dotted path; a single object counts as a list of one. */
export function objects(properties: Properties, path: string): readonly Properties[] {
  const value = at(properties, path);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(isProperties);
}

/** The value at a dotted path. */
export function at(properties: Properties, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isProperties(value) ? value[key] : undefined), properties);
}

/** The name of a resource: its own, or a prefix with AWS-style digits after it. */
export function nameOf({ world, inputs }: Call, property = "name", prefix = "namePrefix"): string {
  return text(inputs, property) ?? `${text(inputs, prefix) ?? ""}${world.hex(26, "name")}`;
}

/** How many of these properties are present: AWS often wants exactly one of several. */
export function present(properties: Properties, ...names: readonly string[]): number {
  return names.filter((name) => properties[name] !== undefined).length;
}

function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
