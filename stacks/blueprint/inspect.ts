import { z } from "zod";
import { meantText, misplaced, wrong } from "./complaint";
import type { Places } from "./place";
import type { Finding, Path } from "./problem";
import { fallback, leavable, unwrap, variants, wordsOf } from "./shape";

/** What is known while a value is looked at. */
interface Inspection {
  readonly findings: Finding[];
  readonly places: Places;
}

/**
 * Looks at a value part by part and collects everything that does not fit. Returns what does fit, with defaults filled
 * in and holes where something was wrong, so that the judgements that follow can still speak about the rest: zod alone
 * stops judging an object whose form is broken, and a person would learn of one mistake a day.
 */
export function inspect(schema: z.ZodType, value: unknown, path: Path, inspection: Inspection): unknown {
  if (value === undefined && leavable(schema)) return fallback(schema);
  const inner = unwrap(schema);
  const { allowed = "", write = "" } = wordsOf(schema);

  if (inner instanceof z.ZodDiscriminatedUnion || inner instanceof z.ZodObject || inner instanceof z.ZodRecord) {
    if (!isObject(value)) {
      inspection.findings.push({ path, allowed, fix: `write ${write}` });
      return undefined;
    }
    if (inner instanceof z.ZodRecord) return each(inner, value, path, inspection);
    if (inner instanceof z.ZodObject) return fields(inner, value, path, inspection);
    return variant(inner, value, path, inspection);
  }
  if (inner instanceof z.ZodArray) return items(schema, inner, value, path, inspection);
  const read = inner.safeParse(value);
  if (read.success) return read.data;
  inspection.findings.push(wrong(schema, value, path, inspection.places));
  // What was meant and lacks only its quotes is judged further: a version may be unquoted and expired.
  return inner.safeParse(meantText(schema, value, path, inspection.places)).data;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fields(schema: z.ZodObject, value: Record<string, unknown>, path: Path, inspection: Inspection): unknown {
  const names = Object.keys(schema.shape);
  const unknown = Object.keys(value).filter((key) => !names.includes(key));
  inspection.findings.push(...unknown.map((key) => misplaced(key, path, names, value)));
  const shape: Record<string, z.ZodType> = schema.shape;
  return Object.fromEntries(
    Object.entries(shape).map(([key, field]) => [key, inspect(field, value[key], [...path, key], inspection)] as const),
  );
}

function variant(
  schema: z.ZodDiscriminatedUnion,
  value: Record<string, unknown>,
  path: Path,
  inspection: Inspection,
): unknown {
  const { discriminator } = schema.def;
  const options = variants(schema);
  const chosen = options.find((option) => option.value === value[discriminator]);
  if (chosen) return fields(chosen.object, value, path, inspection);

  // Without a known variant nobody can say which other keys belong, so this is the only thing said about the object.
  const words = options[0]?.object.shape[discriminator] as z.ZodType;
  const any = z.enum(options.map((option) => option.value)).meta(wordsOf(words));
  inspection.findings.push(wrong(any, value[discriminator], [...path, discriminator], inspection.places));
  return undefined;
}

function each(schema: z.ZodRecord, value: Record<string, unknown>, path: Path, inspection: Inspection): unknown {
  const element = schema.valueType as z.ZodType;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inspect(element, item, [...path, key], inspection)]),
  );
}

function items(schema: z.ZodType, array: z.ZodArray, value: unknown, path: Path, inspection: Inspection): unknown {
  const { allowed = "", write = "" } = wordsOf(schema);
  if (!Array.isArray(value)) {
    inspection.findings.push({ path, allowed, fix: `write ${write}` });
    return undefined;
  }
  // The length alone: with an element that fits anything, whatever zod still refuses is the list itself.
  const length = new z.ZodArray({ ...array.def, element: z.unknown() });
  if (!length.safeParse(value).success) inspection.findings.push({ path, allowed, fix: `write ${write}` });
  return value.map((item: unknown, index) => inspect(array.element as z.ZodType, item, [...path, index], inspection));
}
