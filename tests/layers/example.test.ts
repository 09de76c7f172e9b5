import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import program from "../../stacks";
import { run } from "../../twin/mocks";
import { fingerprint, only } from "./found";

const EXAMPLE = join(__dirname, "../../examples/production");

/** Runs the program as the example's stack file configures it. */
async function rehearse(stack: string) {
  const { config } = parse(readFileSync(join(EXAMPLE, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const texts = Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)] as const);
  return run(program, { stack, config: Object.fromEntries(texts) });
}

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

describe("the production example", () => {
  it("builds the account layer, the same twice", async () => {
    const first = await rehearse("account-111122223333-eu-central-1");
    const second = await rehearse("account-111122223333-eu-central-1");

    expect(only(first.registrations, "bulwark:index:Account").name).toBe("main");
    expect(fingerprint(second.registrations)).toBe(fingerprint(first.registrations));
  });

  it("builds the cluster layer up to a cluster that answers, the same twice", async () => {
    const first = await rehearse("production");
    const second = await rehearse("production");

    expect(first.outputs).toMatchObject({ name: "production", endpoint: expect.stringMatching(/^https:/) as string });
    expect(fingerprint(second.registrations)).toBe(fingerprint(first.registrations));
  });
});
