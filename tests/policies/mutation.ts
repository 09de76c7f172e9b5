import type { Item } from "../../policies/inventory";

/** Takes the input (or with an empty path the whole resource) away. */
export const GONE = Symbol("gone");

/**
 * One hardened input flipped: the resource (type's last part and name), the input's path, its new value, and every control
 * that must fire. A function gets the old value; `links.<input>` leads the input to another resource.
 */
export type Mutation = readonly [resource: string, path: string, to: unknown, fires: readonly string[]];

interface Document {
  readonly Statement: readonly Record<string, unknown>[];
}

/** Changes a policy document's statements: the one called `sid` (or the only one) gets these fields. */
export function statement(sid: string | undefined, fields: object): (json: string) => string {
  return (json) => {
    const { Statement, ...rest } = JSON.parse(json) as Document;
    const hits = Statement.filter(({ Sid }) => sid === undefined || Sid === sid);
    if (hits.length === 0) throw new Error(`no statement "${sid ?? ""}" in ${json}`);
    return JSON.stringify({
      ...rest,
      Statement: Statement.map((one) => (hits.includes(one) ? { ...one, ...fields } : one)),
    });
  };
}

/** The same inventory with one thing flipped; throws when there is nothing to flip, since such a row would prove nothing. */
export function mutate(items: readonly Item[], [resource, path, to]: Mutation): readonly Item[] {
  const target = find(items, resource);
  if (path === "") return items.filter((item) => item !== target);
  const [links, property = ""] = path.split(".");
  const changed =
    links === "links"
      ? {
          ...target,
          propertyDependencies: { ...target.propertyDependencies, [property]: [find(items, String(to)).urn] },
        }
      : flipped(target, path, to);
  return items.map((item) => (item === target ? changed : item));
}

function find(items: readonly Item[], resource: string): Item {
  const found = items.find(
    ({ type, name, custom }) => custom !== false && `${type.split(":").at(-1) ?? ""} ${name}` === resource,
  );
  if (found === undefined) throw new Error(`the example registers no ${resource}`);
  return found;
}

function flipped(item: Item, path: string, to: unknown): Item {
  if (path === "protect") return { ...item, protect: to === true };
  const keys = path.split(".");
  const [top = ""] = keys;
  // A literal in the place of another resource's output is linked to nothing any more.
  const isCut = typeof to === "string" && keys.length > 1 && path.endsWith("Arn");
  const links = Object.entries(item.propertyDependencies).filter(([property]) => !(isCut && property === top));
  return { ...item, inputs: set(item.inputs, keys, to), propertyDependencies: Object.fromEntries(links) };
}

function set(inputs: unknown, [key = "", ...rest]: readonly string[], to: unknown): Item["inputs"] {
  const old = inputs as Record<string, unknown>;
  if (!(key in old) && to === GONE) throw new Error(`there is no ${key} to take away`);
  if (rest.length > 0) return { ...old, [key]: set(old[key] ?? {}, rest, to) };
  if (to === GONE) return Object.fromEntries(Object.entries(old).filter(([name]) => name !== key));
  return { ...old, [key]: typeof to === "function" ? (to as (value: unknown) => unknown)(old[key]) : to };
}
