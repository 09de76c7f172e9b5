import { createInterface } from "node:readline/promises";
import { Ending, EXIT } from "./exit";

/** Asks a person before something changes; where nobody can answer, only `--yes` goes on. */
export async function confirm(question: string, { yes }: { readonly yes: boolean }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Ending(`${question} Nobody is here to answer: pass --yes`, EXIT.usage);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = await terminal.question(`${question} Type yes to go on: `);
    if (said.trim() !== "yes") throw new Ending("nothing was changed", EXIT.refused);
  } finally {
    terminal.close();
  }
}
