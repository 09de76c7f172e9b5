import { z } from "zod";
import { blueprint } from "./schema";
import { KEY } from "./settings";

/**
 * The form of a whole Pulumi.<stack>.yaml as JSON Schema, from which editors complete, explain and underline. It knows
 * forms only; what needs arithmetic, dates or a second option is judged by the program.
 */
export function renderSchema(): string {
  const { $schema, ...form } = z.toJSONSchema(blueprint, { target: "draft-07", io: "input", override: describe });
  const schema = {
    $schema,
    title: "Pulumi.<stack>.yaml of a Bulwark stack",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: [KEY],
        properties: { [KEY]: form },
        patternProperties: { "^(?!bulwark:|aws:)": {} },
        additionalProperties: false,
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** An editor shows one text: what the option is, what may stand there, what it protects. */
function describe({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  const { description, allowed, protects, write } = jsonSchema as z.GlobalMeta;
  for (const key of ["allowed", "protects", "write"]) Reflect.deleteProperty(jsonSchema, key);
  const parts = [description, allowed && `Allowed: ${allowed}.`, protects, write && `Example: ${write}`];
  if (description !== undefined) jsonSchema["description"] = parts.filter(Boolean).join("\n\n");
}
