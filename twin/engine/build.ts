import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { locked } from "./lock";

const MODULE = join(__dirname, "module");
const COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** How far a build is, for people who wait for it. */
export interface Progress {
  readonly phase: "waiting for another build" | "fetching Go modules" | "compiling" | "linking";
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
}

/** The version of the engine that the committed Go module pins. */
export function pinnedVersion(): string {
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(MODULE, "go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error(`${join(MODULE, "go.mod")} pins no engine`);
  return version;
}

/** Where the built engine lies or will lie: one folder for each set of pinned sums. */
export function builtPath(cache: string = defaultCache()): string {
  const sums = createHash("sha256")
    .update(readFileSync(join(MODULE, "go.sum")))
    .digest("hex");
  return join(cache, "engine", `${pinnedVersion()}-${sums.slice(0, 12)}`, "pulumi");
}

/** Builds the engine from its published Go module unless that was done before; about four minutes on two cores. */
export async function build(onProgress: (progress: Progress) => void, cache?: string): Promise<string> {
  const target = builtPath(cache);
  if (existsSync(target)) return target;

  await demandGo();
  const started = Date.now();
  const report = (phase: Progress["phase"], done = 0, total = 0): void => {
    onProgress({ phase, done, total, seconds: Math.round((Date.now() - started) / 1000) });
  };
  return locked(
    `${target}.lock`,
    async () => {
      // Another process may have finished while this one waited.
      if (!existsSync(target)) await compile(target, report);
      return target;
    },
    () => {
      report("waiting for another build");
    },
  );
}

async function compile(target: string, report: (phase: Progress["phase"], done?: number, total?: number) => void) {
  report("fetching Go modules");
  const total = await countPackages();
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  const flags = `-s -w -X ${VERSION_VARIABLE}=v${pinnedVersion()}`;
  const args = [
    "build",
    "-v",
    "-trimpath",
    "-tags",
    "osusergo,grpcnotrace",
    "-ldflags",
    flags,
    "-o",
    unfinished,
    COMMAND,
  ];

  const go = spawn("go", args, { cwd: MODULE, env: environment(), stdio: ["ignore", "ignore", "pipe"] });
  const lines: string[] = [];
  const tick = setInterval(() => {
    const isLast = lines.at(-1) === COMMAND;
    report(isLast ? "linking" : "compiling", Math.min(lines.length, total), total);
  }, 1000);
  createInterface(go.stderr).on("line", (line) => lines.push(line));
  try {
    const code = await new Promise<number | null>((resolve, reject) => go.once("error", reject).once("close", resolve));
    if (code !== 0) throw new Error(`building the engine failed:\n${lines.slice(-15).join("\n")}`);
    renameSync(unfinished, target);
  } finally {
    clearInterval(tick);
    rmSync(unfinished, { force: true });
  }
}

/** How many packages a build from nothing compiles; fetches the modules as it goes. */
async function countPackages(): Promise<number> {
  const args = ["list", "-deps", "-tags", "osusergo,grpcnotrace", COMMAND];
  try {
    const { stdout } = await promisify(execFile)("go", args, { cwd: MODULE, env: environment(), maxBuffer: 1 << 26 });
    return stdout.trim().split("\n").length;
  } catch (error) {
    throw new Error("fetching the Go modules of the engine failed; is a Go module proxy reachable?", { cause: error });
  }
}

async function demandGo(): Promise<void> {
  try {
    await promisify(execFile)("go", ["version"], { env: environment() });
  } catch {
    throw new Error(
      "no Pulumi engine was found, and there is no Go to build it with; install Pulumi (https://www.pulumi.com/docs/install/) " +
        "or Go (https://go.dev/doc/install), or name an engine in BULWARK_ENGINE, then try again",
    );
  }
}

/** A workspace of the user's or a vendor folder must not change what is built. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly" };
}

function defaultCache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "bulwark");
}
