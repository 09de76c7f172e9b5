import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import program from "../../stacks";
import { run } from "../../twin/mocks";

const EXAMPLE = join(__dirname, "../../examples/production");

function config(stack: string): Record<string, string> {
  const file = parse(readFileSync(join(EXAMPLE, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
  return Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key, JSON.stringify(value)]));
}

jest.setTimeout(60_000);

it("tries", async () => {
  const { outputs } = await run(program, { stack: "production", config: config("production") });
  process.env["BULWARK_CONFIG_FILE"] = join(EXAMPLE, "Pulumi.production-platform.yaml");
  const platform = await run(program, {
    stack: "production-platform",
    config: config("production-platform"),
    stacks: { production: outputs },
    clusters: [String(outputs["endpoint"])],
  });
  console.log(platform.registrations.map(({ type, name }) => `${type} ${name}`).join("\n"), platform.outputs);
});
