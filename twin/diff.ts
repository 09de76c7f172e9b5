import type { Behaviour, Properties } from "./behaviour";
import { head, leaves, within } from "./path";
import type { Change, DiffAnswer } from "./request";

/** Compares two unwrapped sets of inputs leaf by leaf and says which of the changes replace the resource. */
export function difference(behaviour: Behaviour, olds: Properties, news: Properties): DiffAnswer {
  const before = byPath(olds);
  const after = byPath(news);
  const detailed: Record<string, Change> = {};
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path), after.get(path)];
    if (one === other) continue;
    const kind = one === undefined ? "add" : other === undefined ? "delete" : "update";
    detailed[path] = replaces(behaviour, path, kind) ? `${kind}-replace` : kind;
  }

  const paths = Object.keys(detailed);
  return {
    changes: paths.length > 0,
    diffs: [...new Set(paths.map(head))],
    replaces: [...new Set(paths.filter((path) => detailed[path]?.endsWith("-replace")).map(head))],
    deleteBeforeReplace: false,
    detailed,
  };
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

/** A pattern ending in `?` means appearing or disappearing, one in `-` only disappearing: other changes are made in place. */
function replaces({ replaces: patterns }: Behaviour, path: string, kind: "add" | "delete" | "update"): boolean {
  const top = head(path);
  if (top === "tags" || top === "tagsAll") return false;
  if (top === "region" || patterns === "all") return true;
  return patterns.some((pattern) => {
    if (pattern.endsWith("?")) return kind !== "update" && within(path, pattern.slice(0, -1));
    if (pattern.endsWith("-")) return kind === "delete" && within(path, pattern.slice(0, -1));
    return within(path, pattern);
  });
}

function byPath(inputs: Properties): Map<string, string> {
  return new Map(leaves(inputs).map(({ path, value }) => [path, JSON.stringify(value)]));
}
