import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A program that was started here and is ended here. */
export interface Running {
  /** Fails as soon as the program has ended by itself, with the last it said. */
  check(): void;
  /** Asks it to end, and makes it end if it does not. */
  stop(): Promise<void>;
}

const PATIENCE = 10_000;

/**
 * Runs a program until the pipe behind its standard input closes: when it is asked to, and when this process dies in whatever way, which it
 * could tell nobody.
 */
const WATCHED = 'exec 3<&0; "$@" </dev/null 3<&- & program=$!; (cat <&3 >/dev/null; kill $program) & wait $program';

/** Starts a program whose words go into a file. */
export function start(path: string, args: readonly string[], log: string): Running {
  const file = openSync(log, "a");
  // A group of its own: Ctrl-C is for this process, which then ends the programs in their order.
  const child = spawn("sh", ["-c", WATCHED, "sh", path, ...args], { stdio: ["pipe", file, file], detached: true });
  closeSync(file);
  let failure: Error | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
    child.once("exit", () => {
      child.stdin?.destroy();
      resolve();
    });
  });
  return {
    check: () => {
      if (failure) throw new Error(`${path} did not start`, { cause: failure });
      if (ended(child)) throw new Error(`${path} ended by itself:\n${lastLines(log)}`);
    },
    stop: async () => {
      if (failure || ended(child)) return;
      child.stdin?.end();
      const late = setTimeout(() => {
        endGroup(child);
      }, PATIENCE);
      await gone;
      clearTimeout(late);
    },
  };
}

/** Ends the program and its watch; the group is the one that was started for them. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}

/** Waits until something is so, as long as the programs it depends on run. */
export async function until(what: string, isSo: () => Promise<boolean>, programs: readonly Running[], seconds = 60) {
  const last = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    for (const program of programs) program.check();
    if (Date.now() > last) throw new Error(`${what} took longer than ${seconds} s`);
    await sleep(50);
  }
}

/** Ports of this machine that nobody listens on, each another. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  return servers.map((server) => {
    const address = server.address();
    server.close();
    if (address === null || typeof address === "string") throw new Error("the machine gave no port");
    return address.port;
  });
}

function ended({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function lastLines(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-10).join("\n");
}
