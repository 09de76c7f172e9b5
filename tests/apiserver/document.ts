import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment, Persona } from "../../constructs";

const TEXT = readFileSync(join(__dirname, "../../docs/personas.md"), "utf8");

/** One right, as `verb group:resource`. */
export type Right = string;

/** Every right that the page gives a persona, in a tenant that names it or, beyond, in the whole cluster. */
export function documented(persona: Persona, environment: Environment, inTenant: boolean): Set<Right> {
  const words = rows(section("## Who may do what"))
    .filter(([who, where]) => who === persona && where === environment)
    .flatMap(([, , , may = ""]) => may.split(", "));
  if (words.length === 0) throw new Error(`docs/personas.md says nothing of ${persona} in ${environment}`);
  return new Set(words.flatMap((word) => rights(section(`### ${word}`), inTenant)));
}

function rights(text: string, inTenant: boolean): Right[] {
  const everywhere = text.includes("in the whole cluster.");
  if (!everywhere && !text.includes("in the tenants that name the group."))
    throw new Error(`where does "${text}" hold?`);
  if (!everywhere && !inTenant) return [];
  return rows(text).flatMap(([group = "", resource = "", verbs = ""]) =>
    verbs.split(", ").map((verb) => `${verb} ${group === "core" ? "" : group}:${resource}`),
  );
}

function section(heading: string): string {
  const [, after] = TEXT.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`docs/personas.md has no "${heading}"`);
  return after.split(/^##/m)[0] ?? "";
}

function rows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(1)
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
}
