import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rehearsalIn, rehearsalPlace, lay } from "../../cli/rehearse/folder";
import type { Workplace } from "../../cli/operation";
import { obtainEngine } from "../../twin/engine";

const ROOT = join(__dirname, "..", "..");

/** What a command answered. */
export interface Answered {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A rehearsal of a test's own, thrown away before it begins. */
export class Ground {
  readonly folder: string;

  constructor(
    name: string,
    /** A folder of configuration instead of the example. */
    private readonly example?: string,
  ) {
    this.folder = join(ROOT, ".bulwark", "tests", name);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  get account(): string {
    return join(this.folder, "account.json");
  }

  /** Runs `bulwark rehearse …` on this ground as a person would. */
  rehearse(args: readonly string[], env: NodeJS.ProcessEnv = {}): Answered {
    const where = ["--folder", this.folder, ...(this.example === undefined ? [] : ["--example", this.example])];
    const words = ["--import", "tsx", "cli/bulwark.ts", "rehearse", ...where, ...args];
    return answered(process.execPath, words, { ...process.env, ...env });
  }

  /** Runs `bulwark doctor` or `bulwark verify` for this ground, as where a person reads. */
  ask(command: "doctor" | "verify", args: readonly string[]): Answered {
    const words = ["--import", "tsx", "cli/bulwark.ts", command, ...args, "--rehearse", this.folder];
    return answered(process.execPath, words, { ...process.env, CI: "" });
  }

  /** Runs `bulwark kubeconfig production` for this ground. */
  kubeconfig(): Answered {
    const words = ["--import", "tsx", "cli/bulwark.ts", "kubeconfig", "production", "--rehearse", this.folder];
    return answered(process.execPath, words, process.env);
  }

  /** A shell with the engine on its PATH, in the rehearsal's folder. */
  shell(script: string): Answered {
    return answered(
      "bash",
      ["-c", `set -e; . ${this.folder}/environment.sh; cd ${this.folder}; ${script}`],
      process.env,
    );
  }

  /** The workplace without rehearsing anything. */
  async place(): Promise<Workplace> {
    const rehearsal = rehearsalIn(this.folder);
    lay(rehearsal, this.example);
    return rehearsalPlace(rehearsal, await obtainEngine());
  }

  /** Processes that still belong to this ground: their environment names its account. */
  processes(): string[] {
    return readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
      .filter((pid) => read(`/proc/${pid}/environ`).includes(`BULWARK_TWIN_ACCOUNT=${this.account}`))
      .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")}`);
  }
}

function answered(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Answered {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, env, encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: status, stdout, stderr };
}

/** A process may end while it is read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
