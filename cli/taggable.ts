import type { Schema } from "../twin/schema";

/** The kind of `tags` where they are one map; other types list them in forms of their own. */
const MAP = "{string}";

/** The types whose resources can carry a tag, from the SDK's own shape of them. */
export function taggableText({ version, resources }: Schema): string {
  const types = Object.entries(resources).flatMap(([type, { inputs }]) => (inputs["tags"] === MAP ? [type] : []));
  const source = `the inputs of @pulumi/aws ${version}, for the types of twin/catalogue.ts; written by \`npm run generate\``;
  return `${JSON.stringify({ source, types: types.toSorted() }, null, 2)}\n`;
}
