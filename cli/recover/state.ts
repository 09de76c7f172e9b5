import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { Ending, EXIT } from "../exit";
import { ask, type Workplace } from "../operation";
import { restoreCheckpoint } from "./checkpoint";
import type { Exported, Pending } from "./deployment";

/** What a lock says about the update that holds it. */
export interface Lock {
  /** `ada@laptop (pid 4711) since 2026-11-23T10:00:00Z`, one for each lock. */
  readonly holders: readonly string[];
  /** True when a holder is a process of this machine that still runs. */
  readonly isAlive: boolean;
}

/**
 * The state of one stack, read and written through the engine. What it was before lies in a backup, and what a killed
 * engine had begun in a journal until the recovery has come to its end, so that one that fails can be run again.
 */
export class State {
  readonly #folder: string;
  /** The state as it was before anything was written. */
  readonly backup: string;

  constructor(
    private readonly place: Workplace,
    private readonly stack: string,
  ) {
    this.#folder = join(dirname(place.logs), "recover");
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.backup = join(this.#folder, `${stack}.${new Date().toISOString().replace(/[:.]/g, "-")}.json`);
  }

  /** The state as the backend holds it now. */
  async read(): Promise<Exported> {
    const exported = ["stack", "export", "--stack", this.stack];
    try {
      return JSON.parse(await ask(this.place, exported)) as Exported;
    } catch (error) {
      if (!restoreCheckpoint(this.place, this.stack)) throw error;
      return JSON.parse(await ask(this.place, exported)) as Exported;
    }
  }

  /** Writes in one step; undefined when it is done, the lock when somebody holds the state. */
  async write(exported: Exported): Promise<Lock | undefined> {
    const file = join(this.#folder, `${this.stack}.next.json`);
    writeFileSync(file, JSON.stringify(exported), { mode: 0o600 });
    try {
      await ask(this.place, ["stack", "import", "--stack", this.stack, "--file", file]);
      return undefined;
    } catch (error) {
      if (error instanceof Ending && /currently locked/.test(error.message)) return lockIn(error.message);
      throw error;
    } finally {
      rmSync(file, { force: true });
    }
  }

  /** Takes the lock away from an update that is known to be dead. */
  async unlock(): Promise<void> {
    await ask(this.place, ["cancel", "--yes", "--stack", this.stack]);
  }

  /** Keeps a copy, and what was begun besides what an earlier recovery has not settled. */
  keep(exported: Exported): readonly Pending[] {
    writeFileSync(this.backup, JSON.stringify(exported), { mode: 0o600 });
    const pending = [...this.#unsettled(), ...(exported.deployment.pending_operations ?? [])];
    if (pending.length > 0) writeFileSync(this.#journal, JSON.stringify(pending), { mode: 0o600 });
    return pending;
  }

  /** Forgets what was begun: it is settled. */
  settle(): void {
    rmSync(this.#journal, { force: true });
  }

  get #journal(): string {
    return join(this.#folder, `${this.stack}.pending.json`);
  }

  #unsettled(): readonly Pending[] {
    return existsSync(this.#journal) ? (JSON.parse(readFileSync(this.#journal, "utf8")) as Pending[]) : [];
  }
}

/** Ends the command while a process of this machine still works on the state. */
export function refuseAlive(stack: string, { holders, isAlive }: Lock): void {
  if (!isAlive) return;
  throw new Ending(`an update of ${stack} still runs: ${holders.join(", ")}; wait for its end`, EXIT.refused);
}

function lockIn(message: string): Lock {
  const found = [...message.matchAll(/created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g)];
  return {
    holders: found.map(([, user, host, pid, at]) => `${user ?? ""}@${host ?? ""} (pid ${pid ?? ""}) since ${at ?? ""}`),
    isAlive: found.some(([, , host, pid]) => host === hostname() && isRunning(Number(pid))),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
