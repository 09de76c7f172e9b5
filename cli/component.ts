import { nameOf } from "./event";

/** What can be sorted by the component it belongs to: a state's resources, a plan's steps. */
export interface Part {
  readonly urn: string;
  readonly type: string;
}

/** One component of ours and what it consists of. */
export interface Group<Of extends Part> {
  /** `Network main`; "Provider and stack" for what belongs to none. */
  readonly component: string;
  readonly parts: readonly Of[];
}

const OURS = /^bulwark:index:(\w+)$/;

/** Sorts parts by component. A URN holds the types of all parents, so the innermost of ours in it is the owner. */
export function byComponent<Of extends Part>(parts: readonly Of[]): Group<Of>[] {
  const groups = new Map<string, Of[]>();
  for (const part of parts) {
    if (OURS.test(part.type) || part.type.startsWith("pulumi:")) continue;
    const component = componentOf(part.urn);
    groups.set(component, [...(groups.get(component) ?? []), part]);
  }
  return [...groups].map(([component, members]) => ({ component, parts: members }));
}

/** How many kinds a line of the terminal takes. */
const SHOWN = 6;

/** Counts by kind, most frequent first, the rare ones together: `9 subnets, 3 nat gateways and 12 of 9 other kinds`. */
export function kinds(parts: readonly Part[]): string {
  const counts = new Map<string, number>();
  for (const { type } of parts) counts.set(words(type), (counts.get(words(type)) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, left], [, right]) => right - left);
  const rare = sorted.length > SHOWN + 1 ? sorted.slice(SHOWN) : [];
  const common = sorted
    .slice(0, sorted.length - rare.length)
    .map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`)
    .join(", ");
  if (rare.length === 0) return common;
  return `${common} and ${rare.reduce((sum, [, count]) => sum + count, 0)} of ${rare.length} other kinds`;
}

/** A resource as people call it: `vpc main`. */
export function called({ urn, type }: Part): string {
  return `${words(type)} ${nameOf(urn)}`;
}

/** The innermost component of ours that holds a resource; "Stack" where none does. */
export function componentOf(urn: string): string {
  const types = urn.split("::")[2]?.split("$") ?? [];
  const component = types.map((type) => OURS.exec(type)?.[1]).findLast((name) => name !== undefined);
  return component ?? "Stack";
}

/** `aws:ec2/natGateway:NatGateway` → `nat gateway`. */
export function words(type: string): string {
  const name = type.split(":").at(-1) ?? type;
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
}

function plural(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}
