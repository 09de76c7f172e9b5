import { z } from "zod";

/** A schema without the wrappers that make it optional. */
export function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

/** True when the option may be left out. */
export function leavable(schema: z.ZodType): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
}

/** What an option left out becomes; undefined when it has no default. */
export function fallback(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** The words of an option, whether they stand on the schema or on one of its wrappers. */
export function wordsOf(schema: z.ZodType): z.GlobalMeta {
  const own = schema.meta();
  if (own || !leavable(schema)) return own ?? {};
  return wordsOf((schema as z.ZodOptional<z.ZodType>).unwrap());
}

/** The variants of a discriminated union: what the discriminator must say, and the object that then follows. */
export function variants(schema: z.ZodDiscriminatedUnion): { readonly value: string; readonly object: z.ZodObject }[] {
  const { discriminator } = schema.def;
  return (schema.options as z.ZodObject[]).map((object) => ({
    value: String((object.shape[discriminator] as z.ZodLiteral).value),
    object,
  }));
}

/** The values of an enumeration or of literals, for "did you mean". */
export function choices(schema: z.ZodType): readonly unknown[] {
  if (schema instanceof z.ZodEnum) return schema.options;
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}

/** True when the option is text, so that a number or a date there is text without its quotes. */
export function isText(schema: z.ZodType): boolean {
  return (
    schema instanceof z.ZodString ||
    schema instanceof z.ZodStringFormat ||
    choices(schema).some((choice) => typeof choice === "string")
  );
}
