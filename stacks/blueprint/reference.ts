import { z } from "zod";
import { stack } from "./options/stack";
import { accountLayer, clusterLayer, platformLayer, stateLayer } from "./schema";
import { choices, fallback, isText, leavable, unwrap, variants, wordsOf } from "./shape";

const HEAD = `# Configuration

<!-- Written by \`npm run generate\` from stacks/blueprint/schema.ts; do not edit. -->

A stack is configured by one object, \`bulwark:blueprint\`, in \`Pulumi.<stack>.yaml\`. What is left out is hardened. Every mistake of
a file is reported at once, with its line, before anything is created. \`examples/production/\` holds a whole configuration.

With this first line an editor that speaks YAML completes and explains while you type:

\`\`\`yaml
# yaml-language-server: $schema=./stacks/blueprint/pulumi-stack.schema.json
\`\`\`

What is text must be in quotes where YAML would read something else: versions (\`"1.36"\`), account numbers, days, and \`"off"\`.`;

/** The configuration reference as Markdown: every option with its type, default, what may stand there and what it protects. */
export function renderReference(): string {
  const layers = [accountLayer, clusterLayer, platformLayer, stateLayer].map((layer) => {
    const own = Object.entries(layer.shape as Shape).filter(([key]) => !(key in stack) && key !== "layer");
    const kind = layer.shape.layer as z.ZodLiteral;
    return section(`${wordsOf(layer).description ?? ""}, \`layer: ${String(kind.value)}\``, [
      wordsOf(kind).description ?? "",
      ...own.flatMap(([key, schema]) => option(key, schema)),
    ]);
  });
  const every = section(
    "Every layer",
    Object.entries(stack).flatMap(([key, schema]) => option(key, schema)),
  );
  return `${[HEAD, every, ...layers].join("\n\n")}\n`;
}

type Shape = Record<string, z.ZodType>;

const section = (title: string, blocks: readonly string[]): string => [`## ${title}`, ...blocks].join("\n\n");

/** An option, and the options inside it. */
function option(path: string, schema: z.ZodType): string[] {
  const { description = "", allowed, protects, write } = wordsOf(schema);
  const facts = [
    `- **Type**: ${type(schema)}`,
    `- **Default**: ${byDefault(schema)}`,
    allowed === undefined ? undefined : `- **Allowed**: ${allowed}`,
    protects === undefined ? undefined : `- **Protects**: ${protects}`,
    write === undefined ? undefined : `- **Example**: \`${write}\``,
  ];
  return [`### \`${path}\``, description, facts.filter(Boolean).join("\n"), ...inside(path, unwrap(schema))];
}

function inside(path: string, schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return members(path, schema.shape);
  const named = ofEach(schema);
  if (named !== undefined) return members(`${path}.<name>`, named.shape);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  const { discriminator } = schema.def;
  return variants(schema).flatMap(({ value, object }) => {
    const shape: Shape = object.shape;
    const { [discriminator]: kind, ...rest } = shape;
    const words = kind ? wordsOf(kind).description : undefined;
    const needs = Object.keys(rest).length === 0 ? "" : ` With it:`;
    const shown = value === "off" ? '"off"' : value;
    return [`**\`${path}.${discriminator}: ${shown}\`** ${words ?? ""}${needs}`, ...members(path, rest)];
  });
}

/** The object behind each name of a record, where it is one. */
function ofEach(schema: z.ZodType): z.ZodObject | undefined {
  return schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodObject ? schema.valueType : undefined;
}

const members = (path: string, shape: Shape): string[] =>
  Object.entries(shape).flatMap(([key, member]) => option(`${path}.${key}`, member));

function type(schema: z.ZodType): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return "list of text";
  if (inner instanceof z.ZodRecord) return ofEach(inner) ? "names, each with an object" : "names and values, both text";
  if (inner instanceof z.ZodNumber) return "number";
  if (inner instanceof z.ZodObject || inner instanceof z.ZodDiscriminatedUnion) return "object";
  if (choices(inner).length > 0) return isText(inner) ? "one of a few words" : "one of a few numbers";
  return "text";
}

function byDefault(schema: z.ZodType): string {
  const value = fallback(schema);
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  return leavable(schema) ? "left out" : "none, required";
}
