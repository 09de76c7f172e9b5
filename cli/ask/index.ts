import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import { ROOT, WORK } from "../checkout";
import { Ending, EXIT } from "../exit";
import { ask as command, operate, type Workplace } from "../operation";
import type { Answer, Answers, Asked } from "./question";

const STACK = "asked";

/**
 * Puts questions to AWS through the engine and the provider of a deployment: a preview, in a backend of its own that is thrown
 * away, so that nothing is changed and no state is touched.
 */
export async function ask(place: Workplace, asked: Asked): Promise<Answers> {
  const folder = join(WORK, "asking", String(process.pid));
  const files = { questions: join(folder, "questions.json"), answers: join(folder, "answers.json") };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "state"), { recursive: true });
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), stringify(PROJECT));
    writeFileSync(files.questions, JSON.stringify(asked));
    const asking = throwaway(place, folder, { BULWARK_QUESTIONS: files.questions, BULWARK_ANSWERS: files.answers });
    await command(asking, ["stack", "init", STACK, "--no-select"]);
    const outcome = await operate(asking, "ask", { stack: STACK });
    if (!outcome.ok) {
      const sentence = "AWS could not be asked; are there credentials for this account?";
      throw new Ending([sentence, ...outcome.errors].join("\n"), EXIT.engine, { errors: outcome.errors });
    }
    return new Map(JSON.parse(readFileSync(files.answers, "utf8")) as [string, Answer][]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same engine and the same world, with a backend of its own in a folder that goes again. */
export function throwaway(place: Workplace, folder: string, more: NodeJS.ProcessEnv = {}): Workplace {
  const backend = {
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "thrown away",
  };
  return { ...place, project: folder, env: { ...place.env, ...backend, ...more } };
}

const PROJECT = {
  name: "bulwark-asking",
  main: join(ROOT, "cli", "ask", "program.ts"),
  runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--import tsx --stack-trace-limit=0" } },
};
