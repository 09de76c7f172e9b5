import { readFileSync, writeFileSync } from "node:fs";
import { importIdOf } from "../../twin/import-id";
import type { Fault } from "../../twin/fault";
import { held, type Holding, holding, ids } from "./holding";
import type { Ended, World } from "./world";

/** One place at which an update is interrupted. */
export interface Point {
  /** The end of a URN, `aws:ec2/vpc:Vpc::main`. */
  readonly resource: string;
  /** @default create */
  readonly on?: "create" | "update" | "delete";
  /** Who dies. */
  readonly dies: "engine" | "provider";
  /** Before or after the account has recorded the step. */
  readonly when: "before" | "after";
  /** A change of the configuration that leads to the step. */
  readonly change?: readonly [from: RegExp, to: string];
}

/** What became of a world that was interrupted and recovered. */
export interface Survived {
  readonly holding: Holding;
  readonly adopted: readonly string[];
  /** What the recovery asked a person, as `type::name`. */
  readonly asked: readonly string[];
  readonly strays: number;
  /** Processes that outlived the interruption by more than their watch takes. */
  readonly leaked: readonly string[];
  readonly seconds: number;
}

interface Said {
  readonly adopted?: readonly { readonly resource: string }[];
  readonly strays?: readonly unknown[];
  readonly open?: readonly { readonly resource: string }[];
}

/** How often a person is asked before it counts as a defect. */
const PATIENCE = 4;

/** A point as a line of a table names it. */
export const words = ({ resource, on = "create", dies, when }: Point): string =>
  `${dies} dies ${when} the ${on} of ${resource}`;

/** Interrupts a world, recovers it as a person would, and says what it holds then. */
export async function interrupt(world: World, point: Point): Promise<Survived> {
  const begun = Date.now();
  if (point.change) {
    const [from, to] = point.change;
    writeFileSync(world.configuration, readFileSync(world.configuration, "utf8").replace(from, to));
  }
  if (await world.up([crash(point)])) throw new Error(`${words(point)}: nothing struck, the update ended well`);
  const leaked = await settled(world);

  const adopted: string[] = [];
  const asked: string[] = [];
  const flags: string[] = [];
  for (let attempt = 0; ; attempt += 1) {
    const answer = await world.recover(flags);
    const said = read(answer);
    adopted.push(...(said.adopted ?? []).map(({ resource }) => resource));
    if (answer.code === 0) {
      const seconds = (Date.now() - begun) / 1000;
      return { holding: holding(world), adopted, asked, strays: said.strays?.length ?? 0, leaked, seconds };
    }
    const open = (said.open ?? []).map(({ resource }) => resource).filter((resource) => !asked.includes(resource));
    if (open.length === 0 || attempt === PATIENCE)
      throw new Error(`${words(point)}: recover ended with ${String(answer.code)}\n${answer.stdout}${answer.stderr}`);
    asked.push(...open);
    flags.push(...open.flatMap((resource) => looked(world, resource)));
  }
}

/** What a person answers who has looked at the account. */
function looked(world: World, resource: string): string[] {
  const known = ids(world);
  const there = held(world).find(
    ({ urn, type, id }) => `${type}::${urn?.split("::").at(-1) ?? ""}` === resource && !known.has(id),
  );
  return there === undefined ? ["--create", resource] : ["--adopt", `${resource}=${importIdOf(there)}`];
}

function crash({ resource, on = "create", dies, when }: Point): Fault {
  return { kind: "crash", on, match: `*${resource}`, nth: 1, when, ...(dies === "engine" && { engine: true }) };
}

/** A killed engine's plugins watch for its end four times a second. */
async function settled(world: World): Promise<readonly string[]> {
  for (let attempt = 0; attempt < 100 && world.processes().length > 0; attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return world.processes();
}

function read({ stdout }: Ended): Said {
  try {
    return JSON.parse(stdout) as Said;
  } catch {
    return {};
  }
}
