import { readFileSync } from "node:fs";
import { Account, type AccountOptions } from "./account";
import type { Fault } from "./fault";

/** The account that the environment of a plugin names, with the faults it asks for. */
export function openedByEnvironment(options: Pick<AccountOptions, "shared"> = {}): Account {
  const asked = faults(process.env["BULWARK_TWIN_FAULTS"]);
  return Account.open(process.env["BULWARK_TWIN_ACCOUNT"], { ...options, faults: asked });
}

/** The faults to inject: a JSON list, or the file that holds one. */
function faults(words: string | undefined): readonly Fault[] {
  if (words === undefined || words === "") return [];
  return JSON.parse(words.startsWith("[") ? words : readFileSync(words, "utf8")) as Fault[];
}
