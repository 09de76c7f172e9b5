import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { Item } from "../../policies/inventory";
import program from "../../stacks/index";
import { run } from "../../twin/mocks";
import { clusterOutputs, platform } from "../layers/platform";

export const TODAY = "2026-11-23";

/** Every stack of the examples, and the folder that holds its configuration. */
const FOLDERS = {
  "account-111122223333-eu-central-1": "production",
  state: "bootstrap",
  production: "production",
  "production-platform": "production",
  development: "development",
} as const;
export type Stack = keyof typeof FOLDERS;
export const STACKS: readonly Stack[] = [
  "account-111122223333-eu-central-1",
  "state",
  "production",
  "production-platform",
  "development",
];

/** What a stack of the production example registers on a new twin account. */
export async function registrations(stack: Stack, preview = false): Promise<readonly Item[]> {
  if (stack === "production-platform") return (await platform(await clusterOutputs())).registrations;
  const config = { "bulwark:blueprint": JSON.stringify(blueprint(stack)) };
  return (await run(program, { stack, preview, config })).registrations;
}

function blueprint(stack: Stack): unknown {
  const path = join(__dirname, "..", "..", "examples", FOLDERS[stack], `Pulumi.${stack}.yaml`);
  const { config } = parse(readFileSync(path, "utf8")) as { config: Record<string, unknown> };
  return config["bulwark:blueprint"];
}
