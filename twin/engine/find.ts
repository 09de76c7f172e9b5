import { accessSync, constants, readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { compare } from "./version";

/** Where an engine was found, in the order in which the places are asked. */
export type Origin = "BULWARK_ENGINE" | "PATH" | "Pulumi's own folder" | "the npm package" | "built here";

/** One executable that may be an engine. */
export interface Candidate {
  readonly path: string;
  readonly origin: Origin;
}

/** The engines already on this machine, best first. Nothing is started and nothing fetched. */
export function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const named = env["BULWARK_ENGINE"];
  // Who names an engine wants that one or an error.
  if (named !== undefined && named !== "") return [{ path: named, origin: "BULWARK_ENGINE" }];
  return [
    ...onPath(env).map((path): Candidate => ({ path, origin: "PATH" })),
    ...inPulumiHome(env).map((path): Candidate => ({ path, origin: "Pulumi's own folder" })),
  ];
}

/**
 * Lets the npm package `pulumi`, if it is installed, fetch the official distribution as it does on first use; without a
 * network it gives up within a second.
 */
export async function fetchedByNpm(env: NodeJS.ProcessEnv): Promise<Candidate | undefined> {
  const launcher = npmLauncher();
  if (launcher === undefined) return undefined;
  try {
    await promisify(execFile)(process.execPath, [launcher, "version"], { env, timeout: 300_000 });
  } catch {
    return undefined;
  }
  const [path] = inPulumiHome(env);
  return path === undefined ? undefined : { path, origin: "the npm package" };
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  // npm puts node_modules/.bin on the PATH; the `pulumi` in there is a launcher, not the engine.
  const own = folders.filter((folder) => !folder.includes("node_modules"));
  return own.map((folder) => join(folder, "pulumi")).flatMap(executable);
}

function inPulumiHome(env: NodeJS.ProcessEnv): string[] {
  const home = env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const versions = list(join(home, "versions")).toSorted((a, b) => compare(b, a));
  return [
    ...versions.map((version) => join(home, "versions", version, "bin", "pulumi")),
    join(home, "bin", "pulumi"),
  ].flatMap(executable);
}

function npmLauncher(): string | undefined {
  try {
    const manifest = createRequire(__filename).resolve("pulumi/package.json");
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin?: string | Record<string, string> };
    const entry = typeof bin === "string" ? bin : bin?.["pulumi"];
    return entry === undefined ? undefined : join(dirname(manifest), entry);
  } catch {
    return undefined;
  }
}

/** The real file behind a path if it can be executed: what lies beside the file counts, not what lies beside a link. */
function executable(path: string): string[] {
  try {
    accessSync(path, constants.X_OK);
    return [realpathSync(path)];
  } catch {
    return [];
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
