import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderControls } from "../policies/docs";
import { renderReference } from "../stacks/blueprint/reference";
import { renderSchema } from "../stacks/blueprint/json-schema";
import { renderPersonas } from "./personas";
import { extractSchema, schemaText } from "../twin/schema-extract";

/** Every file that is written by a program, and the function that writes it. */
const generated: Readonly<Record<string, () => string>> = {
  "docs/configuration.md": renderReference,
  "docs/controls.md": renderControls,
  "docs/personas.md": renderPersonas,
  "stacks/blueprint/pulumi-stack.schema.json": renderSchema,
  "twin/schema.json": () => schemaText(extractSchema()),
};

const root = join(__dirname, "..");
const check = process.argv.includes("--check");

const stale = Object.entries(generated).filter(([file, render]) => {
  const path = join(root, file);
  const text = render();
  if (text === current(path)) return false;
  if (!check) writeFileSync(path, text);
  return true;
});

for (const [file] of stale) console.log(check ? `${file} is not what its source says` : `wrote ${file}`);
if (check && stale.length > 0) {
  console.error("run `npm run generate` and commit the result");
  process.exitCode = 1;
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
