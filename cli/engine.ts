import { join } from "node:path";
import { type Engine, obtainEngine, type Progress } from "../twin/engine";
import { prepareHome } from "../twin/home";
import { PACK, ROOT, WAIVERS, WORK } from "./checkout";
import { Ending, EXIT } from "./exit";
import type { Workplace } from "./operation";

/** Finds or builds the engine; what cannot be helped becomes a sentence that says what to install. */
export async function engine(onProgress: (words: string) => void): Promise<Engine> {
  try {
    return await obtainEngine({
      onProgress: (progress) => {
        onProgress(building("the engine", "about four minutes", progress));
      },
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    throw new Ending(`${error instanceof Error ? error.message : String(error)}${cause}`, EXIT.engine);
  }
}

/**
 * Where real deployments happen: the user's own backend, login and plugins. Only the engine is ours, with a language
 * host beside it when it came without one.
 */
export function realPlace({ path }: Engine): Workplace {
  const home = prepareHome({ folder: join(WORK, "home"), engine: path, aws: "real" });
  return {
    pulumi: home.pulumi,
    project: ROOT,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_ERROR_OUTPUT_STRING: "true" },
    logs: join(WORK, "logs"),
    pack: PACK,
    waivers: join(ROOT, WAIVERS),
  };
}

/** A build takes minutes, so it says how far it is and that it is done only once. */
export function building(what: string, long: string, { phase, done, total, seconds }: Progress): string {
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const part = phase === "compiling" ? `compiling package ${done} of ${total}` : phase;
  return `building ${what}, once, ${long}: ${part} (${time})`;
}
