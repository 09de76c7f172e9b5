/** The value Pulumi sends at preview for what only the cloud will know: never data, never a pass, never a violation. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

// Pulumi keeps one marker a kind of value; the SDK sends the string's for all of them, providers may send the others.
const MARKERS: ReadonlySet<unknown> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Thrown when a check reads a property that is not known yet; the judge turns it into "undetermined". */
export class UnknownValue extends Error {
  constructor(readonly path: string) {
    super(`${path} is not known yet`);
  }
}

/** True for a value that only the cloud will know. */
export function isUnknown(value: unknown): boolean {
  return MARKERS.has(value);
}

/** True when an unknown stands anywhere inside. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isUnknown(value);
  return Object.values(value).some(holdsUnknown);
}

/**
 * The same value, but reading an unknown anywhere inside throws {@link UnknownValue} with its path. A copy stands
 * behind each proxy, so that frozen inputs can be guarded too.
 */
export function guarded<Value>(value: Value, path = ""): Value {
  if (isUnknown(value)) throw new UnknownValue(path);
  if (typeof value !== "object" || value === null) return value;

  const copy: object = Array.isArray(value) ? Array.from<unknown>(value) : { ...value };
  return new Proxy(copy, {
    get(target, property, receiver): unknown {
      const field: unknown = Reflect.get(target, property, receiver);
      if (typeof property === "symbol" || typeof field === "function") return field;
      return guarded(field, join(path, property, Array.isArray(target)));
    },
  }) as Value;
}

/** True when the property will have a value, known or not: what is absent counts as wrong, what is unknown is not absent. */
export function isSet<Inputs extends object>(inputs: Inputs | undefined, property: keyof Inputs): boolean {
  if (inputs === undefined || !(property in inputs)) return false;
  try {
    return inputs[property] !== undefined && inputs[property] !== null;
  } catch (error) {
    if (error instanceof UnknownValue) return true;
    throw error;
  }
}

function join(path: string, property: string, inArray: boolean): string {
  if (inArray) return `${path}[${property}]`;
  return path === "" ? property : `${path}.${property}`;
}
