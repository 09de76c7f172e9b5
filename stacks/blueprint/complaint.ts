import type { z } from "zod";
import { nearest } from "./nearest";
import type { Places } from "./place";
import { quote, type Finding, type Path } from "./problem";
import { choices, isText, unwrap, wordsOf } from "./shape";

/** A value that does not fit its option: what may stand there, and the line to write instead. */
export function wrong(schema: z.ZodType, value: unknown, path: Path, places: Places): Finding {
  const { allowed = "", write = "" } = wordsOf(schema);
  return { path, allowed, ...(unquoted(schema, value, path, places) ?? { fix: fix(schema, value, path, write) }) };
}

function fix(schema: z.ZodType, value: unknown, path: Path, write: string): string {
  const options = choices(unwrap(schema));
  if (typeof value === "string" && options.includes(Number(value))) return `take the quotes away: ${line(path, value)}`;
  const meant =
    typeof value === "string"
      ? nearest(
          value,
          options.filter((option) => typeof option === "string"),
        )
      : undefined;
  return meant === undefined ? `write ${write}` : `did you mean ${line(path, meant)}`;
}

const isMoment = (value: unknown) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}T00:00:00(\.0+)?Z$/.test(value);

/** What a person wrote where text belongs and YAML read something else: `1.36` is a number, `off` is false, a day a moment. */
export function meantText(schema: z.ZodType, value: unknown, path: Path, places: Places): string | undefined {
  if (!isText(unwrap(schema))) return undefined;
  if (!isMoment(value) && typeof value !== "number" && typeof value !== "boolean") return undefined;
  return places.written(path) ?? (typeof value === "string" ? value.slice(0, 10) : String(value));
}

function unquoted(
  schema: z.ZodType,
  value: unknown,
  path: Path,
  places: Places,
): Pick<Finding, "got" | "fix"> | undefined {
  const text = meantText(schema, value, path, places);
  if (text === undefined) return undefined;
  const kind = { number: "a number", boolean: "true or false" }[typeof value as string] ?? "a point in time";
  // Quotes help only when what is in them then fits: a number in place of an address needs another value.
  const quoted = unwrap(schema).safeParse(text).success;
  return {
    got: `${text} (without quotes YAML reads ${kind}: ${quote(value)})`,
    fix: quoted ? `quote it: ${line(path, JSON.stringify(text))}` : `write ${wordsOf(schema).write ?? ""}`,
  };
}

const line = (path: Path, value: string): string => {
  const key = path.at(-1);
  return typeof key === "string" ? `${key}: ${value}` : `- ${value}`;
};

/** A key that nobody reads. A value behind a wrong key is not shown: it may be anything. */
export function misplaced(key: string, path: Path, names: readonly string[], value: Record<string, unknown>): Finding {
  const free = names.filter((name) => !(name in value));
  const meant = nearest(key, free);
  return {
    path: [...path, key],
    got: `the unknown key "${key}"`,
    allowed: names.join(", "),
    fix: meant === undefined ? `remove "${key}"; nothing reads it` : `did you mean "${meant}"`,
  };
}
