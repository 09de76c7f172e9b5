import { renameSync, writeFileSync } from "node:fs";

import type { Verdict } from "../verdict";
import type { Run } from "./settings";

/** What a run of the pack found; `complete` is false when it ended before the stack as a whole was judged. */
export interface VerdictFile {
  readonly stack: string;
  readonly stage: "preview" | "up";
  readonly judgedOn: string;
  readonly complete: boolean;
  readonly scanned: number;
  readonly verdicts: readonly Verdict[];
}

/** Writes the verdicts where the settings say, whole or not at all, so that a reader never meets half a file. */
export function save(
  { verdictFile, stage, waivers }: Run,
  found: Pick<VerdictFile, "complete" | "scanned" | "verdicts">,
): void {
  if (verdictFile === undefined) return;
  const content: VerdictFile = { stack: waivers.stack ?? "", stage, judgedOn: waivers.today, ...found };
  const partial = `${verdictFile}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(partial, verdictFile);
}
