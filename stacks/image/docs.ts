import { topics } from "./items";
import type { Family, Item, Topic } from "./items/item";

const FAMILIES: Readonly<Record<Family, string>> = { ubuntu: "Ubuntu", al2023: "Amazon Linux" };

/** The table of everything that an image promises, and where each promise is looked at, as Markdown. */
export function renderItems(): string {
  const found = new Map<string, { topic: Topic; item: Item; families: Family[] }>();
  for (const family of Object.keys(FAMILIES) as Family[])
    for (const topic of topics({ family, mirror: undefined }))
      for (const item of topic.items) {
        const known = found.get(item.id) ?? { topic, item, families: [] };
        found.set(item.id, { ...known, families: [...known.families, family] });
      }
  const rows = [...found.values()].map(
    ({ topic, item, families }) =>
      `| \`${item.id}\` | ${item.title} | ${on(families)} | ${refs(item)} | \`${topic.name}\`, \`${topic.name}-test\` | ${seen(item)} |`,
  );
  return `<!-- Written by cli/generate.ts from stacks/image/items; edit those. -->

# What a node image promises

${found.size} items. Each is a step of that name in two components: the first applies it and validates it while the image is built, the
second tests it on a machine started from the finished image. [images.md](images.md) says how.

| item | promise | on | asked for by | components | tested on the finished image by |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

function on(families: readonly Family[]): string {
  return families.length === Object.keys(FAMILIES).length ? "both" : families.map((family) => FAMILIES[family]).join();
}

function refs({ refs }: Item): string {
  return [refs?.catalogue, ...(refs?.cis ?? [])].filter((ref) => ref !== undefined).join(", ");
}

function seen({ running }: Item): string {
  return running === undefined ? "its files" : "its files and the running system";
}
