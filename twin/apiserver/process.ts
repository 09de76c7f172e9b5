import { type ChildProcess, spawn } from "node:child_process";
import { openSync, closeSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A program that was started here and is ended here. */
export interface Running {
  /** Fails as soon as the program has ended by itself, with the last it said. */
  check(): void;
  /** Asks it to end, and makes it end if it does not. */
  stop(): Promise<void>;
}

const PATIENCE = 5000;

/** Starts a program whose words go into a file. */
export function start(path: string, args: readonly string[], log: string): Running {
  const file = openSync(log, "a");
  const child = spawn(path, args, { stdio: ["ignore", file, file] });
  closeSync(file);
  let failure: Error | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
    child.once("exit", () => {
      resolve();
    });
  });
  // Nobody is left running when this process ends without having stopped it.
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  return {
    check: () => {
      if (failure) throw new Error(`${path} did not start`, { cause: failure });
      if (ended(child)) throw new Error(`${path} ended by itself:\n${lastLines(log)}`);
    },
    stop: async () => {
      process.off("exit", end);
      if (failure || ended(child)) return;
      child.kill("SIGTERM");
      const late = setTimeout(end, PATIENCE);
      await gone;
      clearTimeout(late);
    },
  };
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
