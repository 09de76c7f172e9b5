import type { Piece } from "./pattern";

/** What a request carries: condition key → value or values. An empty list says that the key is absent. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** The context of one request as statements look at it. */
export interface Carried {
  /** The values of a key, none when it is absent, undefined when nobody said. */
  valuesOf(key: string): readonly string[] | undefined;
}

/**
 * Makes a context readable; the names of keys ignore case (IAM user guide, "Condition"). What it does not mention is
 * absent from the request, or unknown.
 */
export function carried(context: Context, unsaid: "absent" | "unknown" = "absent"): Carried {
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return { valuesOf: (key) => known.get(key.toLowerCase()) ?? (unsaid === "absent" ? [] : undefined) };
}

/**
 * A value of a policy with its variables filled in: pieces of a pattern, null when a variable is absent from the
 * request (then the value matches nothing), undefined when it is unknown. `${*}`, `${?}` and `${$}` stand for the
 * characters themselves; a default stands after a comma (IAM user guide, "Policy variables").
 */
export function resolve(value: string, context: Carried): readonly Piece[] | null | undefined {
  const pieces: Piece[] = [];
  for (const [index, part] of value.split(/\$\{([^}]*)\}/).entries()) {
    if (index % 2 === 0) {
      pieces.push({ text: part, literal: false });
      continue;
    }
    const filled = variable(part, context);
    if (typeof filled !== "string") return filled;
    pieces.push({ text: filled, literal: true });
  }
  return pieces;
}

function variable(text: string, context: Carried): string | null | undefined {
  if (["*", "?", "$"].includes(text)) return text;
  const [, key = "", fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)')?\s*$/.exec(text) ?? [];
  const values = context.valuesOf(key);
  if (values === undefined) return undefined;
  // A variable stands for one value; a key with several cannot be used as one.
  return values.length === 1 ? (values[0] ?? null) : (fallback ?? null);
}
