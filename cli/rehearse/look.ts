import { existsSync, readFileSync } from "node:fs";
import { byComponent } from "../component";
import { Ending, EXIT } from "../exit";
import type { RehearseOptions } from "./index";
import { rehearsalIn } from "./folder";

/** The account file, as far as looking around needs it. */
interface Ledger {
  readonly resources?: readonly Stored[] | Readonly<Record<string, Stored>>;
}

interface Stored {
  readonly type: string;
  readonly id: string;
  readonly urn?: string;
  readonly status: string;
  readonly note?: string;
}

/** Prints what is in the twin's account, by component, and what AWS made behind the program's back. */
export function look(options: RehearseOptions): void {
  const { account } = rehearsalIn(options.folder);
  if (!existsSync(account)) throw new Ending("nothing was rehearsed yet; begin with: npm run rehearse", EXIT.usage);
  const text = readFileSync(account, "utf8");
  if (options.json) {
    console.log(text.trim());
    return;
  }
  const { resources = [] } = JSON.parse(text) as Ledger;
  const stored = Object.values(resources) as readonly Stored[];
  const made = stored.flatMap((one) => (one.urn === undefined ? [] : [{ ...one, urn: one.urn }]));
  for (const { component, parts } of byComponent(made)) {
    console.log(`\n${component} (${parts.length})`);
    for (const { type, id, urn, status } of parts) console.log(`  ${line([type, urn.split("::").at(-1), id], status)}`);
  }
  const behind = stored.filter(({ urn }) => urn === undefined);
  if (behind.length > 0) console.log(`\nMade by AWS itself (${behind.length})`);
  for (const { type, id, status, note } of behind) console.log(`  ${line([type, id, note], status)}`);
}

function line(words: readonly (string | undefined)[], status: string): string {
  const told = words.filter((word) => word !== undefined).join("  ");
  return status === "ACTIVE" ? told : `${told}  [${status}]`;
}
