import { readFileSync } from "node:fs";
import type { Entry, Pending, Wanted } from "./deployment";

/** What one line of the engine's event log says about a resource it would create. */
interface Event {
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly new?: Entry | null };
  };
}

const CREATES: ReadonlySet<string> = new Set(["create", "create-replacement"]);

/** What a preview would create. */
export function planned(eventLog: string): Entry[] {
  const events = readFileSync(eventLog, "utf8")
    .split("\n")
    .filter((line) => line.includes('"resourcePreEvent"'))
    .map((line) => JSON.parse(line) as Event);
  return events.flatMap(({ resourcePreEvent }) => {
    const { op, new: entry } = resourcePreEvent?.metadata ?? { op: "" };
    return CREATES.has(op) && entry ? [entry] : [];
  });
}

/**
 * What may be in the account although the state does not know it: all that the program would create now, and what a killed
 * engine had begun to create, with the inputs, and so the names, that it used.
 */
export function wantedOf(plan: readonly Entry[], pending: readonly Pending[]): Wanted[] {
  const begun = pending.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const byUrn = new Map<string, Wanted>();
  for (const entry of plan) byUrn.set(entry.urn, { ...entry, inputs: entry.inputs ?? {}, begun: false });
  for (const entry of begun) byUrn.set(entry.urn, { ...entry, inputs: entry.inputs ?? {}, begun: true });
  return [...byUrn.values()].filter(({ type, custom }) => custom === true && type.startsWith("aws:"));
}
