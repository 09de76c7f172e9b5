import type { AccountBlueprint, ClusterBlueprint, PlatformBlueprint, StateBlueprint } from "../schema";
import type { Finding } from "../problem";

/** A value of which any part may be missing, because it was wrong and has been reported already. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** A blueprint as far as its form is right. */
export type PartialBlueprint =
  Partly<AccountBlueprint> | Partly<ClusterBlueprint> | Partly<PlatformBlueprint> | Partly<StateBlueprint>;

/** Findings one by one; a judgement may stop early where one mistake makes the rest meaningless. */
export type Findings = Generator<Finding, void, undefined>;

/** A judgement beyond types: says nothing about what is missing, and everything about what is there. */
export type Rule<Judged = PartialBlueprint> = (blueprint: Judged, today: string) => Findings;

/** The items of a list that are there, each with its place in the list. */
export function present<Item>(list: readonly (Item | undefined)[] | undefined): [number, Item][] {
  return [...(list ?? []).entries()].filter((entry): entry is [number, Item] => entry[1] !== undefined);
}

/** Reports each item that stood in the list before; a list with a repetition is a list somebody misread. */
export function* repeated(list: [number, string][], path: readonly (string | number)[], what: string): Findings {
  for (const [index, item] of list)
    if (list.some(([earlier, other]) => other === item && earlier < index))
      yield { path: [...path, index], allowed: `each ${what} once`, fix: `remove the second "${item}"` };
}
