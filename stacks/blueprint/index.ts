import * as pulumi from "@pulumi/pulumi";
import { stackFile } from "./file";
import { parseBlueprint } from "./parse";
import { BlueprintError } from "./problem";
import type { Blueprint } from "./schema";
import { KEY } from "./settings";

export { parseBlueprint } from "./parse";
export { BlueprintError } from "./problem";

/**
 * The stack's configuration, checked. Nothing else in the program reads Pulumi configuration, and nothing is registered
 * before this has returned.
 */
export function readBlueprint(): Blueprint {
  try {
    return parseBlueprint(configured(), {
      ...stackFile(pulumi.getStack(), process.cwd(), process.env["BULWARK_CONFIG_FILE"]),
      today: new Date().toISOString().slice(0, 10),
      keys: Object.keys(pulumi.runtime.allConfig()),
      secret: secretKeys().includes(KEY),
    });
  } catch (error) {
    // The engine prints a RunError's message alone; of any other error it prints a stack trace that helps nobody here.
    throw error instanceof BlueprintError ? new pulumi.RunError(error.message) : error;
  }
}

/** Pulumi hands an object over as JSON; anything else is the text that somebody wrote where the object belongs. */
function configured(): unknown {
  const text = pulumi.runtime.allConfig()[KEY];
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

/** The engine lists which keys came out of encrypted entries; the SDK's own reader of that list is internal. */
function secretKeys(): readonly unknown[] {
  const keys = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as unknown;
  return Array.isArray(keys) ? keys : [];
}
