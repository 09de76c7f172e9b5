import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderControls } from "../policies/docs";
import { renderReference } from "../stacks/blueprint/reference";
import { renderSchema } from "../stacks/blueprint/json-schema";
import { renderItems } from "../stacks/image/docs";
import { renderPersonas } from "./personas";
import { extractObjectSchema, objectSchemaText } from "../twin/kubernetes/schema-extract";
import { extractSchema, schemaText } from "../twin/schema-extract";
import { renderChanges } from "./changes";
import { renderCharts } from "./charts";
import { renderIam } from "./iam";
import { renderSystem } from "./system";
import { taggableText } from "./taggable";

/** Every file that is written by a program, and the function that writes it. */
const generated: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/changes.md": renderChanges,
  "docs/charts.md": renderCharts,
  "docs/configuration.md": renderReference,
  "docs/controls.md": renderControls,
  "docs/iam.md": renderIam,
  "docs/image-items.md": renderItems,
  "facts/taggable-types.json": () => taggableText(extractSchema()),
  "docs/personas.md": renderPersonas,
  "docs/system.md": renderSystem,
  "stacks/blueprint/pulumi-stack.schema.json": renderSchema,
  "twin/kubernetes/schema.json": () => objectSchemaText(extractObjectSchema()),
  "twin/schema.json": () => schemaText(extractSchema()),
};

const root = join(__dirname, "..");
const check = process.argv.includes("--check");

void generate();

async function generate(): Promise<void> {
  const stale: string[] = [];
  for (const [file, render] of Object.entries(generated)) {
    const path = join(root, file);
    const text = await render();
    if (text === current(path)) continue;
    if (!check) writeFileSync(path, text);
    stale.push(file);
  }

  for (const file of stale) console.log(check ? `${file} is not what its source says` : `wrote ${file}`);
  if (check && stale.length > 0) {
    console.error("run `npm run generate` and commit the result");
    process.exitCode = 1;
  }
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
