import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import program from "../../stacks";
import { type Holdings, holdingsOf, type Place } from "../../twin/iam/holdings";
import { run } from "../../twin/mocks";

const FOLDER = join(__dirname, "..", "..", "examples");

/** What of a blueprint says where it is and who administers it. */
interface Blueprint {
  readonly layer: string;
  readonly account: string;
  readonly region: string;
  readonly access: { readonly administrators: readonly string[]; readonly breakGlass: string };
}

/** One stack of the examples, and what its program makes. */
export interface Example {
  readonly stack: string;
  readonly blueprint: Blueprint;
  readonly place: Place;
  readonly holdings: Holdings;
}

/** Runs every stack file under `examples/` in this process, on a new twin account each. */
export async function runExamples(): Promise<readonly Example[]> {
  const examples: Example[] = [];
  for (const { stack, config } of stackFiles()) {
    const { registrations, account } = await run(program, { stack, config: asTexts(config) });
    const blueprint = config["bulwark:blueprint"];
    const { account: number, region } = blueprint;
    const { made, scheduled } = account.leftovers();
    const place = { account: number, region, registrations, made: [...made, ...scheduled] };
    examples.push({ stack, blueprint, place, holdings: holdingsOf(place) });
  }
  return examples;
}

interface Configuration extends Readonly<Record<string, unknown>> {
  readonly "bulwark:blueprint": Blueprint;
}

function stackFiles(): readonly { readonly stack: string; readonly config: Configuration }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .sort()
    .flatMap((file) => {
      const stack = /(?:^|\/)Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
      if (stack === undefined) return [];
      const { config } = parse(readFileSync(join(FOLDER, file), "utf8")) as { config: Configuration };
      // The platform makes nothing in AWS, and what it stands on is here already.
      return config["bulwark:blueprint"].layer === "platform" ? [] : [{ stack, config }];
    });
}

function asTexts(config: Configuration): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
