/** The string that stands for a value not known during a preview (Pulumi's wire format). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

type Bag = Readonly<Record<string, unknown>>;

/** True for a plain object, the only kind of object a property bag holds besides lists. */
export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes secrets' and outputs' wrappers off, at every depth; absent and null values disappear, as they do on the wire. */
function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isBag(value)) return value;

  const kind = value[SIGNATURE];
  if (kind === SECRET) return unwrap(value.value);
  if (kind === OUTPUT) return "value" in value ? unwrap(value.value) : UNKNOWN;

  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && inner !== null)
      .map(([key, inner]) => [key, unwrap(inner)]),
  );
}

/** {@link unwrap} for a whole property bag. */
export function unwrapAll(properties: Bag): Record<string, unknown> {
  return unwrap(properties) as Record<string, unknown>;
}

/** True when the value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isBag(value) && Object.values(value).some(hasUnknown);
}

/** A value in the wrapper by which the engine keeps it secret. */
export function secret(value: unknown): Bag {
  return { [SIGNATURE]: SECRET, value };
}
