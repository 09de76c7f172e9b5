import { type Entry, type Exported, type Held, isKnown, isMadeUp, knownIds, waits, type Wanted } from "./deployment";
import { idOfArn, keyOf, type Place, wayTo } from "./import-id";
import type { AskedProvider } from "./provider";
import { tagged, type Tagged, tagOf } from "./tagged";

/** Something that the account holds and the state lacks. */
export interface Find {
  readonly wanted: Wanted;
  readonly held: Held;
}

/** Something about which a person must decide. */
export interface Open {
  readonly wanted: Wanted;
  readonly why: string;
  /** True where going on could make it twice, or lay hands on what is not ours. */
  readonly blocks: boolean;
}

/** What was found, and what cannot be. */
export interface Searched {
  readonly finds: readonly Find[];
  readonly open: readonly Open[];
}

/** What a person has already answered. */
export interface Answers {
  /** Import ids by `type::name`. */
  readonly adopt: ReadonlyMap<string, string>;
  /** Resources, by `type::name`, that the person has looked for and not found. */
  readonly create: ReadonlySet<string>;
}

/** Questions under way at one time. */
const ABREAST = 8;

/** A resource as a person names it on the command line. */
export const called = ({ type, urn }: Entry): string => `${type}::${urn.split("::").at(-1) ?? urn}`;

/** Asks the account for every wanted resource: by its name where inputs tell it, else by the tag that holds its URN. */
export async function search(
  provider: AskedProvider,
  exported: Exported,
  wanted: readonly Wanted[],
  { place, answers }: { readonly place: Place; readonly answers: Answers },
): Promise<Searched> {
  const scene: Scene = { provider, exported, place, answers, tags: await tagged(provider, place.region) };
  const finds: Find[] = [];
  const open: Open[] = [];
  const left = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const answer = await one(scene, next);
      if (answer === undefined) continue;
      if ("held" in answer) finds.push(answer);
      else open.push(answer);
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  return { finds, open };
}

interface Scene {
  readonly provider: AskedProvider;
  readonly exported: Exported;
  readonly place: Place;
  readonly answers: Answers;
  readonly tags: Tagged;
}

/** What the account says about one resource; undefined: it is not there, or creating it again does no harm. */
async function one(scene: Scene, wanted: Wanted): Promise<Find | Open | undefined> {
  const { answers, place } = scene;
  const way = wayTo(wanted.type);
  const told = answers.adopt.get(called(wanted));
  if (told !== undefined) return named(scene, wanted, told);
  if (way.again !== undefined || answers.create.has(called(wanted))) return undefined;

  const known = Object.entries(wanted.inputs).filter(([, value]) => !isMadeUp(wanted, value));
  const key = keyOf(wanted.type, Object.fromEntries(known), place);
  const held = key === undefined ? undefined : await unknown(scene, wanted, key);
  if (held !== undefined) return isOurs(wanted, held) ? { wanted, held } : foreign(wanted, held);
  const byTag = await tagsOf(scene, wanted);
  if (byTag !== undefined) return byTag;

  // What waits for something that does not exist yet was never begun.
  if (waits(wanted.inputs)) return undefined;
  if (key === undefined && way.key !== undefined && way.tag === undefined)
    return { wanted, why: "its name is made up anew at each preview, so there is none to ask for", blocks: true };
  if (way.lost === undefined) return undefined;
  const refused = way.twice === "refused" ? " (AWS refuses a second one)" : "";
  return { wanted, why: `it has no tag and no name to ask for${refused}; look: ${way.lost}`, blocks: refused === "" };
}

/** What a person has named; that it is there is their word, which is checked. */
async function named(scene: Scene, wanted: Wanted, id: string): Promise<Find | Open> {
  const held = await scene.provider.read(wanted.urn, wanted.type, id);
  return held === undefined ? { wanted, why: `nothing has the id ${id}`, blocks: true } : { wanted, held };
}

/** By the tag that holds the URN: one resource is it, several are a question for a person. */
async function tagsOf(scene: Scene, wanted: Wanted): Promise<Find | Open | undefined> {
  const { tags, place } = scene;
  const arns = (tags.get(tagOf(wanted.inputs) ?? "") ?? []).filter((arn) => !isKnown(scene.exported, arn));
  const asked = await Promise.all(
    arns.map(async (arn) => {
      const id = idOfArn(wanted.type, arn, wanted.inputs, place);
      if (id === undefined) return { arn, held: undefined, isReadable: false };
      return { arn, held: await unknown(scene, wanted, id), isReadable: true };
    }),
  );
  // The tagging API goes on telling for a while of what is gone: what the provider cannot read is not there.
  const there = asked.filter(({ held, isReadable }) => held !== undefined || !isReadable);
  const [first] = there;
  if (first === undefined) return undefined;
  if (there.length === 1 && first.held !== undefined) return { wanted, held: first.held };
  return { wanted, why: `more than one thing, or none by its name, carries its tag: ${arns.join(", ")}`, blocks: true };
}

/** What lies under an import id, unless the state knows it already: that is what is about to be replaced. */
async function unknown({ provider, exported }: Scene, { urn, type }: Wanted, id: string): Promise<Held | undefined> {
  const held = await provider.read(urn, type, id);
  return held !== undefined && knownIds(exported, type).has(held.id) ? undefined : held;
}

/** A name can be taken by somebody else's; where tags exist they tell. */
function isOurs({ inputs }: Wanted, { properties }: Held): boolean {
  const tag = tagOf(inputs);
  return tag === undefined || tag === tagOf(properties);
}

function foreign(wanted: Wanted, { id }: Held): Open {
  return { wanted, why: `${id} exists, but its tag does not say that it is this one`, blocks: true };
}
