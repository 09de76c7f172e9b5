import { build, builtPath, type Progress } from "./build";
import { candidates, fetchedByNpm, type Candidate, type Origin } from "./find";
import { compare, OLDEST, versionOf } from "./version";
import { existsSync } from "node:fs";

export type { Progress } from "./build";

/** A Pulumi engine ready to run. */
export interface Engine {
  readonly path: string;
  readonly version: string;
  readonly origin: Origin;
}

/** Where to look and whom to tell. */
export interface ObtainOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where a built engine is kept. @default `bulwark` in the user's cache folder */
  readonly cache?: string;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Finds the Pulumi engine: the one that is named, on the PATH, in Pulumi's own folder, fetched by npm's `pulumi`, built
 * before; else builds it. An engine older than the SDK is passed over, or refused when it was named.
 */
export async function obtainEngine(options: ObtainOptions = {}): Promise<Engine> {
  const env = options.env ?? process.env;
  for (const candidate of candidates(env)) {
    const engine = await judged(candidate);
    if (engine) return engine;
  }
  const built = builtPath(options.cache);
  if (existsSync(built)) return { path: built, version: await versionOf(built), origin: "built here" };

  const fetched = await fetchedByNpm(env);
  const engine = fetched && (await judged(fetched));
  if (engine) return engine;

  const path = await build(options.onProgress ?? (() => undefined), options.cache);
  return { path, version: await versionOf(path), origin: "built here" };
}

/** The candidate as an engine; undefined when it is too old or does not run, unless the user asked for that one. */
async function judged({ path, origin }: Candidate): Promise<Engine | undefined> {
  const insists = origin === "BULWARK_ENGINE";
  try {
    const version = await versionOf(path);
    if (compare(version, OLDEST) >= 0) return { path, version, origin };
    if (insists) throw new Error(`it is version ${version}; at least ${OLDEST} is needed, as new as the Pulumi SDK`);
  } catch (error) {
    if (insists) throw new Error(`BULWARK_ENGINE names "${path}", which cannot be used`, { cause: error });
  }
  return undefined;
}
