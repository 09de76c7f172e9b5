import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workplace } from "../operation";

/** The project's name, as Pulumi.yaml says it and the backend's folders are called. */
const PROJECT = "bulwark";

/**
 * Mends what an engine that was killed while it wrote left in a backend of files, where an object store replaces an object whole: a checkpoint
 * gives way to the one before, which stands beside it as `.bak` (Pulumi, `pkg/backend/diy`), and half a note of attributes goes, without which the
 * object is read as it is (Go Cloud, `fileblob/attrs.go`, which truncates the note before it writes it).
 *
 * @returns whether there was anything to mend
 */
export function restoreCheckpoint({ env }: Pick<Workplace, "env">, stack: string): boolean {
  const backend = env.PULUMI_BACKEND_URL;
  if (backend?.startsWith("file://") !== true) return false;
  const folder = join(fileURLToPath(backend), ".pulumi");
  if (!existsSync(folder)) return false;
  const hadNotes = dropHalfNotes(folder);
  return putBack(join(folder, "stacks", PROJECT, `${stack}.json`)) || hadNotes;
}

function dropHalfNotes(folder: string): boolean {
  const half = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".attrs"))
    .map((file) => join(folder, file))
    .filter((file) => !isWhole(file));
  for (const file of half) rmSync(file, { force: true });
  return half.length > 0;
}

function putBack(file: string): boolean {
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
