import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BlueprintError, parseBlueprint } from "../../stacks/blueprint";
import type { Problem } from "../../stacks/blueprint/problem";

/** The day on which the tests judge versions and exceptions. */
export const TODAY = "2026-11-23";

/** The text of a file of the production example. */
export const example = (stack: string): string =>
  readFileSync(join(__dirname, "../../examples/production", `Pulumi.${stack}.yaml`), "utf8");

interface Config {
  readonly config?: Readonly<Record<string, unknown>> | null;
}

/** A stack file's configuration as the engine hands it over: read by YAML 1.1, then through JSON, so a day is a moment. */
export function asPulumi(source: string): Readonly<Record<string, unknown>> {
  const file = JSON.parse(JSON.stringify(parse(source, { version: "1.1" }))) as Config;
  return file.config ?? {};
}

/** Reads a whole stack file. */
export function read(source: string, today = TODAY) {
  const config = asPulumi(source);
  const file = "Pulumi.production.yaml";
  return parseBlueprint(config["bulwark:blueprint"], { file, source, today, keys: Object.keys(config) });
}

/** What is wrong with a stack file; nothing when it is accepted. */
export function problems(attempt: () => unknown): readonly Problem[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof BlueprintError) return error.problems;
    throw error;
  }
}
