import { join } from "node:path";
import { ROOT } from "./checkout";
import { Ending } from "./exit";
import { readTeardown, type Refused, type Teardown, waiverLines, waiversFor } from "./teardown";

/** A teardown to be filled in: what a person is shown when none is written yet. */
export function exampleTeardown(): Teardown {
  const until = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  return { reason: "why this cluster goes, in a sentence", by: "you@example.com", until };
}

/** Adds to a refusal the waivers that would answer it, when the stack is being taken down; otherwise one mends the stack. */
export async function withWaiverLines<Result>(stack: string, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    const teardown = readTeardown(join(ROOT, `Pulumi.${stack}.yaml`));
    if (!(error instanceof Ending) || error.details["refused"] === undefined || teardown === undefined) throw error;
    const waivers = waiverLines(waiversFor(error.details["refused"] as readonly Refused[], teardown, stack));
    const advice = "this stack is being taken down; to allow exactly this, add to bulwark.waivers.yaml, under waivers:";
    throw new Ending([error.message, "", advice, "", waivers].join("\n"), error.code, error.details);
  }
}
