/** An evaluation that has no result, such as a field that is not there. */
export class CelError extends Error {}

/** What an expression means: its value, given its variables. */
export type Node = (scope: ReadonlyMap<string, unknown>) => unknown;

/** A value that may be absent without being an error. */
export class Optional {
  constructor(
    readonly value: unknown,
    readonly present: boolean,
  ) {}
}

/** What stands between two values. */
export const RELATIONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  ">": (a, b) => Number(a) > Number(b),
  "<": (a, b) => Number(a) < Number(b),
  in: (a, b) => (Array.isArray(b) ? b.some((each) => equal(a, each)) : present(b, a)),
};

/** What goes over a list, or over the keys of a map. */
export const MACROS: Readonly<Record<string, (list: unknown[], test: (item: unknown) => unknown) => unknown>> = {
  all: (list, test) => absorb(list, test, false),
  exists: (list, test) => absorb(list, test, true),
};

/** What is asked of a value. */
export const METHODS: Readonly<Record<string, (target: unknown, ...args: unknown[]) => unknown>> = {
  size: (target) => items(target).length,
  orValue: (target, other) => {
    if (!(target instanceof Optional)) throw new CelError("no such overload: orValue");
    return target.present ? target.value : other;
  },
  startsWith: (target, start) => text(target).startsWith(text(start)),
  endsWith: (target, end) => text(target).endsWith(text(end)),
  contains: (target, part) => text(target).includes(text(part)),
  matches: (target, pattern) => new RegExp(text(pattern)).test(text(target)),
};

/** Two sides of which one may decide alone. */
export function decided(left: Node, right: Node, by: boolean): Node {
  return (scope) => absorb([left, right], (side) => (side as Node)(scope), by);
}

/** Whether one is `by`; an error counts only if none is. */
function absorb(list: readonly unknown[], test: (item: unknown) => unknown, by: boolean): boolean {
  let error: CelError | undefined;
  for (const item of list) {
    try {
      if (bool(test(item)) === by) return by;
    } catch (thrown) {
      if (!(thrown instanceof CelError)) throw thrown;
      error = thrown;
    }
  }
  if (error) throw error;
  return !by;
}

/** The field after `.?`. */
export function optionalField(target: Node, name: string): Node {
  return (scope) => {
    const object = target(scope);
    return select(object instanceof Optional ? object : new Optional(object, true), name);
  };
}

/** The field of what may be absent itself. */
export function select(object: Optional, name: string): Optional {
  return object.present && present(object.value, name)
    ? new Optional(field(object.value, name), true)
    : new Optional(undefined, false);
}

/** The field of a map; one that is not there is an error. */
export function field(object: unknown, key: unknown): unknown {
  if (!present(object, key)) throw new CelError(`no such key: ${text(key)}`);
  return record(object)[text(key)];
}

/** Whether a map has a field. */
export function present(object: unknown, key: unknown): boolean {
  return Object.hasOwn(record(object), text(key));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CelError("no such overload");
  return value as Readonly<Record<string, unknown>>;
}

/** What a macro goes over. */
export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : Object.keys(record(value));
}

/** A value that has to be true or false. */
export function bool(value: unknown): boolean {
  if (typeof value !== "boolean") throw new CelError("no such overload: not a bool");
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new CelError("no such overload: not a string");
  return value;
}

/** Two lists or two texts, one after the other. */
export function add(a: unknown, b: unknown): unknown {
  return Array.isArray(a) && Array.isArray(b) ? [...(a as unknown[]), ...(b as unknown[])] : text(a) + text(b);
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && equal(value, (b as Record<string, unknown>)[key]))
  );
}
