import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { locked } from "./lock";

/** How far a build is, for people who wait for it. */
export interface Progress {
  readonly phase: "waiting for another build" | "fetching Go modules" | "compiling" | "linking";
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
}

/** Programs that one committed Go module pins, and how they are built from what is published. */
export interface Pinned {
  /** What it is to people: `the engine`. */
  readonly what: string;
  /** The folder of go.mod and go.sum. */
  readonly module: string;
  readonly version: string;
  /** What the linker is told. */
  readonly ldflags: string;
  /** The packages, by the names that their executables get. */
  readonly programs: Readonly<Record<string, string>>;
  /** What else there is than a build, for a machine without Go. */
  readonly otherwise: string;
}

const TAGS = ["-tags", "osusergo,grpcnotrace"];

/** The version of a module that a committed go.mod requires. */
export function pinnedVersion(module: string, path: string): string {
  const required = new RegExp(`${path.replaceAll(".", "\\.")} v(\\S+)`);
  const version = required.exec(readFileSync(join(module, "go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error(`${join(module, "go.mod")} pins no ${path}`);
  return version;
}

/** Where built programs lie or will lie: one folder for each set of pinned sums. */
export function builtFolder({ module, version }: Pinned, noun: string, cache: string = defaultCache()): string {
  const sums = createHash("sha256")
    .update(readFileSync(join(module, "go.sum")))
    .digest("hex");
  return join(cache, noun, `${version}-${sums.slice(0, 12)}`);
}

/** Whether every program lies in the folder. */
export function isBuilt({ programs }: Pinned, folder: string): boolean {
  return Object.keys(programs).every((name) => existsSync(join(folder, name)));
}

/** Builds the programs into the folder unless that was done before; whoever reads the folder finds all of them or none. */
export async function build(
  pinned: Pinned,
  folder: string,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<void> {
  if (isBuilt(pinned, folder)) return;
  await demandGo(pinned);
  const started = Date.now();
  const report = (phase: Progress["phase"], done = 0, total = 0): void => {
    onProgress({ phase, done, total, seconds: Math.round((Date.now() - started) / 1000) });
  };
  await locked(
    `${folder}.lock`,
    async () => {
      // Another process may have finished while this one waited.
      if (!isBuilt(pinned, folder)) await compile(pinned, folder, report);
    },
    () => {
      report("waiting for another build");
    },
  );
}

type Report = (phase: Progress["phase"], done?: number, total?: number) => void;

async function compile(pinned: Pinned, folder: string, report: Report): Promise<void> {
  report("fetching Go modules");
  const total = await countPackages(pinned);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await compileInto(unfinished, pinned, total, report);
    for (const [name, path] of Object.entries(pinned.programs)) {
      renameSync(join(unfinished, executableOf(path)), join(unfinished, name));
    }
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function compileInto(target: string, { what, module, ldflags, programs }: Pinned, total: number, report: Report) {
  const packages = Object.values(programs);
  // The slash at the end says that several executables go into a folder.
  const args = ["build", "-v", "-trimpath", ...TAGS, "-ldflags", `-s -w ${ldflags}`, "-o", `${target}/`, ...packages];
  const go = spawn("go", args, { cwd: module, env: environment(), stdio: ["ignore", "ignore", "pipe"] });
  const lines: string[] = [];
  const tick = setInterval(() => {
    const isLast = packages.includes(lines.at(-1) ?? "");
    report(isLast ? "linking" : "compiling", Math.min(lines.length, total), total);
  }, 1000);
  createInterface(go.stderr).on("line", (line) => lines.push(line));
  try {
    const code = await new Promise<number | null>((resolve, reject) => go.once("error", reject).once("close", resolve));
    if (code !== 0) throw new Error(`building ${what} failed:\n${lines.slice(-15).join("\n")}`);
  } finally {
    clearInterval(tick);
  }
}

/** How `go build` calls the executable of a package: by its last element that is no major version. */
function executableOf(path: string): string {
  const elements = path.split("/");
  const last = elements.pop() ?? path;
  return /^v\d+$/.test(last) ? (elements.pop() ?? last) : last;
}

/** How many packages a build from nothing compiles; fetches the modules as it goes. */
async function countPackages({ what, module, programs }: Pinned): Promise<number> {
  const args = ["list", "-deps", ...TAGS, ...Object.values(programs)];
  try {
    const { stdout } = await promisify(execFile)("go", args, { cwd: module, env: environment(), maxBuffer: 1 << 26 });
    return stdout.trim().split("\n").length;
  } catch (error) {
    throw new Error(`fetching the Go modules of ${what} failed; is a Go module proxy reachable?`, { cause: error });
  }
}

async function demandGo({ what, otherwise }: Pinned): Promise<void> {
  try {
    await promisify(execFile)("go", ["version"], { env: environment() });
  } catch {
    throw new Error(
      `${what} was not found, and there is no Go to build it with; install Go (https://go.dev/doc/install), or ${otherwise}, then try again`,
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
