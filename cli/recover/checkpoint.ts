import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workplace } from "../operation";

/** The project's name, as Pulumi.yaml says it and the backend's folders are called. */
const PROJECT = "bulwark";

/**
 * Puts the last whole checkpoint back where an engine was killed while it wrote the next: it keeps the one before beside it, as `.bak`
 * (Pulumi, `pkg/backend/diy`). Only a backend of files can be left half-written; an object store replaces an object whole.
 *
 * @returns whether there was one to put back
 */
export function restoreCheckpoint({ env }: Pick<Workplace, "env">, stack: string): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  if (backend?.startsWith("file://") !== true) return false;
  const file = join(fileURLToPath(backend), ".pulumi", "stacks", PROJECT, `${stack}.json`);
  const before = `${file}.bak`;
  if (!existsSync(file) || isWhole(file) || !existsSync(before) || !isWhole(before)) return false;
  copyFileSync(before, file);
  return true;
}

function isWhole(file: string): boolean {
  try {
    return typeof JSON.parse(readFileSync(file, "utf8")) === "object";
  } catch {
    return false;
  }
}
