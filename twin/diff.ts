import type { Behaviour, Properties } from "./behaviour";
import { head, leaves, within } from "./path";
import type { Change, DiffAnswer } from "./request";
import { aligned } from "./set";

/** Compares two unwrapped sets of inputs leaf by leaf and says which of the changes replace the resource. */
export function difference(behaviour: Behaviour, olds: Properties, news: Properties): DiffAnswer {
  const before = byPath(aligned(olds, news));
  const after = byPath(news);
  const detailed: Record<string, Change> = {};
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path), after.get(path)];
    if (one === other) continue;
    const kind = one === undefined ? "add" : other === undefined ? "delete" : "update";
    const change = { path, kind, before, after } as const;
    detailed[path] = replaces(behaviour, change) ? `${kind}-replace` : kind;
  }

  const paths = Object.keys(detailed);
  const replacing = [...new Set(paths.filter((path) => detailed[path]?.endsWith("-replace")).map(head))];
  return {
    changes: paths.length > 0,
    diffs: [...new Set(paths.map(head))],
    replaces: replacing,
    deleteBeforeReplace: replacing.length > 0 && isSameSlot(behaviour, olds, news),
    detailed,
  };
}

/** True when old and new inputs set one and the same thing; in another region it is another thing. */
function isSameSlot({ slot }: Behaviour, olds: Properties, news: Properties): boolean {
  return slot?.every((input) => olds[input] === news[input]) === true && olds.region === news.region;
}

/** The new inputs with the old values put back where changes are to be ignored. */
export function withIgnored(olds: Properties, news: Properties, ignoreChanges: readonly string[] = []): Properties {
  let result = news;
  for (const path of ignoreChanges)
    result = restored(olds, result, path.split(/[.[\]]+/).filter(Boolean)) as Properties;
  return result;
}

function restored(olds: unknown, news: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return olds;
  if (Array.isArray(news) && key === "*") {
    return news.map((inner: unknown, index) => restored(Array.isArray(olds) ? olds[index] : undefined, inner, rest));
  }
  if (Array.isArray(news)) {
    return news.map((inner: unknown, index) =>
      String(index) === key ? restored(Array.isArray(olds) ? olds[index] : undefined, inner, rest) : inner,
    );
  }
  if (key === "*" && rest.length === 0) return olds;
  const [one, other] = [(olds ?? {}) as Properties, (news ?? {}) as Properties];
  const value = restored(one[key], other[key], rest);
  const others = Object.entries(other).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}

interface Leaf {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

function replaces({ replaces: patterns }: Behaviour, leaf: Leaf): boolean {
  const top = head(leaf.path);
  if (top === "tags" || top === "tagsAll") return false;
  if (top === "region" || patterns === "all") return true;
  return patterns.some((pattern) => matches(pattern, leaf));
}

/** The forms of a pattern are explained where a behaviour names them. */
function matches(pattern: string, { path, kind, before, after }: Leaf): boolean {
  const [, wanted = pattern, narrowing = "", from, to] = /^([^?!:-]+)([?!-]|:([^>]+)>(.+))?$/.exec(pattern) ?? [];
  if (!within(path, wanted)) return false;
  switch (narrowing[0]) {
    case undefined:
      return true;
    case "?":
      return kind !== "update";
    case "!":
      return kind !== "add";
    case "-":
      return kind === "delete" && ![...after.keys()].some((other) => within(other, wanted));
    default:
      return before.get(path) === JSON.stringify(from) && after.get(path) === JSON.stringify(to);
  }
}

function byPath(inputs: unknown): Map<string, string> {
  return new Map(leaves(inputs).map(({ path, value }) => [path, JSON.stringify(value)]));
}
