import { Ending, EXIT } from "../exit";
import { called, type Find, type Open } from "./search";
import type { Stray } from "./tagged";

/** What a recovery ends with, for people and machines alike. */
export interface Recovered {
  readonly stack: string;
  readonly adopted: readonly { readonly resource: string; readonly id: string }[];
  /** What the update that followed did. */
  readonly changes: Readonly<Record<string, number>>;
  /** What the account could not be asked for. */
  readonly unasked: readonly { readonly resource: string; readonly why: string }[];
  readonly strays: readonly Stray[];
  /** The state as it was before. */
  readonly backup: string;
}

/** What was found, as the end of a step's title tells it. */
export function findsText(finds: readonly Find[]): string {
  if (finds.length === 0) return "holds nothing that the state lacks";
  return finds.map(({ wanted, held }) => `${called(wanted)} = ${held.id}`).join(", ");
}

/** Ends the command while a person has to decide: nothing may be made twice, or taken from somebody else. */
export function refuseOpen(stack: string, open: readonly Open[], finds: readonly Find[]): void {
  const blocking = open.filter(({ blocks }) => blocks);
  const [first] = blocking;
  if (first === undefined) return;
  throw new Ending(
    [
      `${blocking.length} of ${stack} cannot be found by a tag or a name, and creating them could make them twice:`,
      ...blocking.flatMap(({ wanted, why }) => [`  ${called(wanted)}`, `    ${why}`]),
      "",
      "say for each what you found, and recover again; what was adopted so far stays adopted:",
      `  --adopt '${called(first.wanted)}=<id>'   it is there, under this id`,
      `  --create '${called(first.wanted)}'       it is not there`,
    ].join("\n"),
    EXIT.refused,
    { open: open.map(told), adopted: finds.map(taken) },
  );
}

/** One adopted resource for machines. */
export const taken = ({ wanted, held }: Find): { readonly resource: string; readonly id: string } => ({
  resource: called(wanted),
  id: held.id,
});

/** One open question for machines. */
export const told = ({ wanted, why }: Open): { readonly resource: string; readonly why: string } => ({
  resource: called(wanted),
  why,
});

/** What to do when AWS refused to make something a second time. */
export function withAdvice(error: unknown, open: readonly Open[], finds: readonly Find[]): unknown {
  if (!(error instanceof Ending) || open.length === 0) return error;
  const lines = open.flatMap(({ wanted, why }) => [`  ${called(wanted)}`, `    ${why}`]);
  const advice =
    "could not be asked for; where AWS says that one of these exists, recover again with --adopt '<it>=<id>':";
  return new Ending([error.message, "", advice, ...lines].join("\n"), error.code, {
    ...error.details,
    open: open.map(told),
    adopted: finds.map(taken),
  });
}

/** The whole answer as people read it. */
export function recoveredText({ stack, adopted, changes, unasked, strays, backup }: Recovered): string {
  const done = Object.entries(changes).filter(([op]) => op !== "same");
  return [
    "",
    `${stack} is whole again: its next preview has no changes.`,
    adopted.length === 0 ? "Adopted: nothing, the account held nothing that the state lacked." : "Adopted:",
    ...adopted.map(({ resource, id }) => `  ${resource} = ${id}`),
    `Updated: ${done.length === 0 ? "nothing" : done.map(([op, count]) => `${count} ${op}`).join(", ")}`,
    ...(unasked.length > 0 ? ["Could not be asked for, and created as AWS allowed:"] : []),
    ...unasked.map(({ resource, why }) => `  ${resource}: ${why}`),
    ...(strays.length > 0
      ? ["", "Carries a tag of this stack, and no state knows it; look at each and delete it by hand:"]
      : []),
    ...strays.map(({ urn, arn }) => `  ${arn}  (${urn})`),
    `The state as it was before: ${backup}`,
  ].join("\n");
}
