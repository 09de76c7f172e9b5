import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import program from "../../stacks";
import { type Run, run } from "../../twin/mocks";

/** The folder of the production example. */
export const EXAMPLE = join(__dirname, "../../examples/production");

/** A stack's configuration in the example, as the engine hands it over. */
export function configured(stack: string, folder = EXAMPLE): Record<string, string> {
  const file = parse(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
  return Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key, JSON.stringify(value)]));
}

let outputs: Readonly<Record<string, unknown>> | undefined;

/** What the example's cluster puts out; it is made once a suite. */
export async function clusterOutputs(): Promise<Readonly<Record<string, unknown>>> {
  outputs ??= (await run(program, { stack: "production", config: configured("production") })).outputs;
  return outputs;
}

/** Runs the example's platform on a cluster that put these out; `more` replaces parts of its configuration. */
export async function platform(
  outputs: Readonly<Record<string, unknown>>,
  more: object = {},
  stack = "production-platform",
  folder = EXAMPLE,
): Promise<Run> {
  const said = JSON.parse(configured("production-platform", folder)["bulwark:blueprint"] ?? "{}") as object;
  const before = process.env["BULWARK_CONFIG_FILE"];
  process.env["BULWARK_CONFIG_FILE"] = join(folder, "Pulumi.production-platform.yaml");
  try {
    return await run(program, {
      stack,
      config: { "bulwark:blueprint": JSON.stringify({ ...said, ...more }) },
      stacks: { production: outputs },
      clusters: [String(outputs["endpoint"])],
    });
  } finally {
    if (before === undefined) delete process.env["BULWARK_CONFIG_FILE"];
    else process.env["BULWARK_CONFIG_FILE"] = before;
  }
}
