import type { Properties } from "../behaviour";
import type { Kind as Shape, ObjectShape } from "../schema";
import { isBag, UNKNOWN } from "../wire";
import { objectSchema } from "./schema";

/** One thing wrong with an object's fields, at a path such as `.spec.template.spec.containers[name="web"].image`. */
export interface FieldError {
  readonly path: string;
  readonly reason: string;
}

// Quantities are declared as text and may be numbers all the same (Kubernetes API conventions).
const QUANTITIES =
  /^(limits|requests|hard|capacity|default|defaultRequest|max|min|maxLimitRequestRatio|podFixed|sizeLimit|divisor|averageValue|value)$/;

/**
 * Fields that the schema does not declare, or of another type: what server-side apply refuses before anything else, in its
 * words. Unknown values are not judged.
 */
export function undeclared(object: Properties, token: string): FieldError[] {
  const shape = objectSchema.kinds[token];
  return shape ? inObject(object, shape, "") : [];
}

/** What is required and missing, as the API server's validation says it. */
export function missing(object: Properties, token: string): FieldError[] {
  const shape = objectSchema.kinds[token];
  return shape ? requiredIn(object, shape, "") : [];
}

function inObject(value: Properties, shape: ObjectShape, path: string): FieldError[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const kind = shape.inputs[key];
    // Whoever applies says nothing about the status; the API server drops it.
    if (path === "" && key === "status") return [];
    return kind === undefined
      ? [{ path: `${path}.${key}`, reason: "field not declared in schema" }]
      : inValue(inner, kind, `${path}.${key}`, QUANTITIES.test(key));
  });
}

function inValue(value: unknown, kind: Shape, path: string, isQuantity: boolean): FieldError[] {
  if (value === UNKNOWN || kind === "any") return [];
  if (kind.startsWith("[")) {
    if (!Array.isArray(value)) return [wrong(path, "list", value)];
    // Headers may come twice; every other list of named things is one of keys.
    const keys = path.endsWith(".httpHeaders") ? [] : value.map(keyOf);
    const repeated = keys.filter((key, index) => key !== undefined && keys.indexOf(key) < index);
    return [
      ...[...new Set(repeated)].map((key) => ({ path, reason: `duplicate entries for key ${key ?? ""}` })),
      ...value.flatMap((inner: unknown, index) =>
        inValue(inner, kind.slice(1, -1), `${path}${keys[index] ?? `[${index}]`}`, false),
      ),
    ];
  }
  if (kind.startsWith("{")) {
    if (!isBag(value)) return [wrong(path, "map", value)];
    return Object.entries(value).flatMap(([key, inner]) =>
      inValue(inner, kind.slice(1, -1), `${path}.${key}`, isQuantity),
    );
  }
  if (kind.startsWith("#")) {
    const shape = objectSchema.objects[kind.slice(1)];
    if (!isBag(value)) return [wrong(path, "map", value)];
    return shape ? inObject(value, shape, path) : [];
  }
  if (typeof value === kind || (isQuantity && typeof value === "number")) return [];
  return [wrong(path, kind === "number" ? "numeric (int or float)" : kind, value)];
}

function requiredIn(value: unknown, shape: ObjectShape, path: string): FieldError[] {
  if (!isBag(value)) return [];
  const absent = shape.required
    .filter((key) => value[key] === undefined)
    .map((key) => ({ path: join(path, key), reason: "Required value" }));
  const within = Object.entries(value).flatMap(([key, inner]) => {
    const [, name] = /#([^\]}]+)/.exec(shape.inputs[key] ?? "") ?? [];
    const nested = name === undefined ? undefined : objectSchema.objects[name];
    if (!nested) return [];
    const at = join(path, key);
    if (Array.isArray(inner)) return inner.flatMap((one, index) => requiredIn(one, nested, `${at}[${index}]`));
    return requiredIn(inner, nested, at);
  });
  return [...absent, ...within];
}

/** How server-side apply names an entry of a list that has keys: containers, volumes and variables by their name. */
function keyOf(value: unknown): string | undefined {
  if (!isBag(value) || ["kind", "port", "containerPort"].some((key) => key in value)) return undefined;
  const key = ["mountPath", "devicePath", "name"].find((candidate) => typeof value[candidate] === "string");
  return key === undefined ? undefined : `[${key}=${JSON.stringify(value[key])}]`;
}

function wrong(path: string, expected: string, value: unknown): FieldError {
  return { path, reason: `expected ${expected}, got ${JSON.stringify(value)}` };
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
