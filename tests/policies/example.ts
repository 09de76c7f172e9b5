import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { Item } from "../../policies/inventory";
import program from "../../stacks/index";
import { run } from "../../twin/mocks";

export const TODAY = "2026-11-23";

/** Every stack that the production example leads to; the state's comes from bootstrap and has no file of its own. */
export const STACKS = ["account-111122223333-eu-central-1", "state-111122223333-eu-central-1", "production"] as const;
export type Stack = (typeof STACKS)[number];

interface Blueprint {
  readonly account: string;
  readonly region: string;
  readonly owner: string;
  readonly access: object;
}

/** What a stack of the production example registers on a new twin account. */
export async function registrations(stack: Stack, preview = false): Promise<readonly Item[]> {
  const config = { "bulwark:blueprint": JSON.stringify(blueprint(stack)) };
  return (await run(program, { stack, preview, config })).registrations;
}

function blueprint(stack: Stack): Blueprint | object {
  if (!stack.startsWith("state-")) return fromFile(stack);
  const { account, region, owner, access } = fromFile("account-111122223333-eu-central-1");
  return { layer: "state", account, region, owner, access };
}

function fromFile(stack: Stack): Blueprint {
  const path = join(__dirname, "..", "..", "examples", "production", `Pulumi.${stack}.yaml`);
  const { config } = parse(readFileSync(path, "utf8")) as { config: { "bulwark:blueprint": Blueprint } };
  return config["bulwark:blueprint"];
}
