import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stored } from "../../twin/behaviour";
import type { World } from "./world";

/** One resource of the engine's state. */
interface Resource {
  readonly urn?: string;
  readonly id?: string;
  readonly inputs?: unknown;
}

/** What a world holds, without what differs between two runs: ids and the digits that AWS and the engine make up. */
export interface Holding {
  /** Every resource of the state with its inputs. */
  readonly state: readonly string[];
  /** Every resource of the account: those of the program by URN, those AWS made by type. */
  readonly account: readonly string[];
}

/** Reads state and account from their files. */
export function holding(world: World): Holding {
  const resources = stateOf(world);
  const names = resources.flatMap(({ id, urn }) => (id && urn && id.length > 6 ? [[id, urn] as const] : []));
  // A longer id can hold a shorter one: `<group>:<list>`.
  const longest = names.toSorted(([one], [other]) => other.length - one.length);
  const text = (value: unknown): string =>
    madeUp(longest.reduce((so, [id, urn]) => so.replaceAll(id, urn), JSON.stringify(value)));
  return {
    state: resources.map(({ urn, inputs }) => `${urn ?? ""} ${text(inputs ?? {})}`).toSorted(),
    account: accountOf(world)
      .map(({ type, urn, status }) => `${urn ?? `by AWS: ${type}`} ${status}`)
      .toSorted(),
  };
}

/** What the account holds for the program. */
export function held(world: World): readonly Stored[] {
  return accountOf(world).filter(({ urn }) => urn !== undefined);
}

/** The ids that the state knows. */
export function ids(world: World): ReadonlySet<string> {
  return new Set(stateOf(world).flatMap(({ id }) => (id === undefined ? [] : [id])));
}

function accountOf({ account }: World): readonly Stored[] {
  return (JSON.parse(readFileSync(account, "utf8")) as { resources: Stored[] }).resources;
}

/** The engine's own file, since asking it for the state takes half a second. */
function stateOf({ folder }: World): readonly Resource[] {
  const stacks = join(folder, "state", ".pulumi", "stacks", "bulwark");
  const file = readdirSync(stacks).find((name) => /^[^.]+\.json$/.test(name)) ?? "";
  const { checkpoint } = JSON.parse(readFileSync(join(stacks, file), "utf8")) as {
    checkpoint: { latest: { resources?: Resource[] } };
  };
  return checkpoint.latest.resources ?? [];
}

function madeUp(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "#")
    .replace(/[0-9a-f]{8,}/gi, "#")
    .replace(/-[0-9a-f]{7}(?=["/:])/g, "-#");
}
