import { URN_TAG } from "../../stacks/urn";
import { type Exported, isKnown, knownIds, type Properties } from "./deployment";
import { idOfArn, type Place } from "./import-id";
import type { AskedProvider } from "./provider";

/** The ARNs in an account by the value of the tag that holds their URN. */
export type Tagged = ReadonlyMap<string, readonly string[]>;

const QUESTION = "aws:resourcegroupstaggingapi/getResources:getResources";
/** Where AWS answers about types that belong to no region. */
const GLOBAL_HOME = "us-east-1";

/** Everything in the account that carries a URN, in this region and among the types that belong to none. */
export async function tagged(provider: AskedProvider, region: string): Promise<Tagged> {
  const found = new Map<string, Set<string>>();
  for (const where of new Set([region, GLOBAL_HOME])) {
    const answer = await provider.invoke(QUESTION, { region: where, tagFilters: [{ key: URN_TAG }] });
    for (const { resourceArn, tags } of answer["resourceTagMappingLists"] as readonly Mapping[]) {
      const value = tags[URN_TAG];
      if (value !== undefined) found.set(value, (found.get(value) ?? new Set()).add(resourceArn));
    }
  }
  return new Map([...found].map(([value, arns]) => [value, [...arns]]));
}

interface Mapping {
  readonly resourceArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The URN's tag among inputs or properties. */
export function tagOf({ tags, tagsAll }: Properties): string | undefined {
  const all = { ...(tagsAll as Properties | undefined), ...(tags as Properties | undefined) };
  const value = all[URN_TAG];
  return typeof value === "string" ? value : undefined;
}

/** Something of this stack that no state knows: made twice, or left from a program that no longer asks for it. */
export interface Stray {
  readonly arn: string;
  /** The value of its tag. */
  readonly urn: string;
}

/** What carries a tag of this stack, is really there, and is in no state. */
export async function strays(
  provider: AskedProvider,
  exported: Exported,
  { stack, ...place }: Place & { readonly stack: string },
): Promise<Stray[]> {
  const mine = [...(await tagged(provider, place.region))].filter(([urn]) => urn.startsWith(`urn:pulumi:${stack}::`));
  const unknown = mine.flatMap(([urn, arns]) =>
    arns.filter((arn) => !isKnown(exported, arn)).map((arn) => ({ urn, arn })),
  );
  const asked = await Promise.all(
    unknown.map(async ({ urn, arn }) => {
      const type = urn.split("::")[2]?.split("+").at(-1) ?? "";
      const id = idOfArn(type, arn, {}, place);
      if (id === undefined) return [{ urn, arn }];
      const held = await provider.read(urn, type, id);
      return held === undefined || knownIds(exported, type).has(held.id) ? [] : [{ urn, arn }];
    }),
  );
  return asked.flat();
}
