import { closeSync, openSync, rmSync, statSync } from "node:fs";

/** A turn takes milliseconds; one this old belongs to a process that was killed in it. */
const ABANDONED = 5_000;

/** Does something to a file while no other process does, and waits its turn; a killed process does not keep others waiting. */
export function exclusively(file: string, work: () => void): void {
  const turn = `${file}.turn`;
  while (!taken(turn)) {
    if (age(turn) > ABANDONED) rmSync(turn, { force: true });
    else pause();
  }
  try {
    work();
  } finally {
    rmSync(turn, { force: true });
  }
}

function taken(turn: string): boolean {
  try {
    closeSync(openSync(turn, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function age(turn: string): number {
  const stat = statSync(turn, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}

/** Stands still for two milliseconds: the account answers nothing meanwhile. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
