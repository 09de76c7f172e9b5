import { isBag } from "./wire";

/** One leaf of a property bag: its path as Pulumi writes it (`vpcConfig.subnetIds[0]`) and its value. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every leaf below a value; empty lists and objects are leaves too. */
export function leaves(value: unknown, path = ""): Leaf[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((inner, index) => leaves(inner, `${path}[${index}]`));
  }
  if (isBag(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, join(path, key)));
  }
  return value === undefined ? [] : [{ path, value }];
}

/** Joins a path and a key as Pulumi does: a key with a dot or bracket in it is quoted. */
export function join(path: string, key: string): string {
  if (/[.[\]"]/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The first key of a path. */
export function head(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** A path without list indexes, so that it can be compared with a pattern such as `encryptionConfigurations.kmsKey`. */
function shape(path: string): string {
  return path.replace(/\[(\d+|\*|)\]/g, "").replace(/\.\*/g, "");
}

/** True when the path is the pattern or lies below it; indexes do not count. */
export function within(path: string, pattern: string): boolean {
  const [actual, wanted] = [shape(path), shape(pattern)];
  return actual === wanted || actual.startsWith(`${wanted}.`) || actual.startsWith(`${wanted}[`);
}

/** All values at a dotted path; a list on the way, written `[]` or not, stands for each of its elements. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let found = [value];
  for (const key of shape(path).split(".")) {
    found = found.flatMap(each).flatMap((inner) => (isBag(inner) && key in inner ? [inner[key]] : []));
  }
  return found.flatMap(each).filter((inner) => inner !== undefined);
}

function each(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(each) : [value];
}
