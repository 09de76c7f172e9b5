import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Workplace } from "../../cli/operation";
import { ROOT, WORK } from "../../cli/checkout";
import { lay, rehearsalIn, rehearsalPlace } from "../../cli/rehearse/folder";
import { ensureStack } from "../../cli/stack";
import { obtainEngine } from "../../twin/engine";
import type { Fault } from "../../twin/fault";

/** The stack that is interrupted. */
const STACK = "development";
const EXAMPLE = join(ROOT, "examples", STACK);

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A rehearsal of the development example that can be interrupted, copied and asked what it holds. */
export class World {
  private constructor(
    readonly folder: string,
    private readonly place: Workplace,
  ) {}

  /** A new one in which nothing exists yet. */
  static async empty(name: string): Promise<World> {
    const world = await World.at(name);
    await ensureStack(world.place, STACK);
    return world;
  }

  /** A copy: configuration, state and account are files. */
  async copy(name: string): Promise<World> {
    const world = await World.at(name);
    for (const part of ["state", "account.json", "recover", `Pulumi.${STACK}.yaml`, "bulwark.waivers.yaml"]) {
      const [from, to] = [join(this.folder, part), join(world.folder, part)];
      if (existsSync(from)) cpSync(from, to, { recursive: true, force: true });
    }
    return world;
  }

  private static async at(name: string): Promise<World> {
    const rehearsal = rehearsalIn(join(WORK, "interruption", name));
    rmSync(rehearsal.folder, { recursive: true, force: true });
    mkdirSync(join(rehearsal.folder, "recover"), { recursive: true });
    lay(rehearsal, EXAMPLE);
    return new World(rehearsal.folder, rehearsalPlace(rehearsal, await obtainEngine()));
  }

  get configuration(): string {
    return join(this.folder, `Pulumi.${STACK}.yaml`);
  }

  get account(): string {
    return join(this.folder, "account.json");
  }

  /** An update without a gate, as an engine runs it on which something strikes; false when it did not end well. */
  async up(faults: readonly Fault[] = [], flags: readonly string[] = []): Promise<boolean> {
    const env = { ...this.place.env, BULWARK_TWIN_FAULTS: JSON.stringify(faults) };
    const args = ["up", "--skip-preview", "--yes", "--non-interactive", "--stack", STACK, ...flags];
    const { code } = await ended(this.place.pulumi, args, this.place.project, env);
    return code === 0;
  }

  /** `bulwark recover`, as a person runs it. */
  async recover(flags: readonly string[] = []): Promise<Ended> {
    const words = ["--import", "tsx", "cli/bulwark.ts", "recover", STACK, "--rehearse", this.folder, "--yes", "--json"];
    return ended(process.execPath, [...words, ...flags], ROOT, process.env);
  }

  /** Processes that still belong to this world: their environment names its account. */
  processes(): string[] {
    return readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
      .filter((pid) => read(`/proc/${pid}/environ`).includes(`BULWARK_TWIN_ACCOUNT=${this.account}`))
      .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function ended(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes: Buffer) => (texts.stdout += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (texts.stderr += bytes.toString()));
  return new Promise((resolve, reject) => {
    // The language host of a killed engine may hold the pipes for a moment longer, so the end of the process counts.
    child.once("error", reject).once("exit", (code) => {
      resolve({ code, ...texts });
    });
  });
}

/** A process may end while it is read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
