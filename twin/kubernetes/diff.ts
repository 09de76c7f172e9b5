import type { Properties } from "../behaviour";
import { head, leaves, within } from "../path";
import type { Change, DiffAnswer } from "../request";
import { isAutonamed, metadataOf } from "./object";

/**
 * Compares what was asked for with what is asked for now, leaf by leaf and lists in their order, and says which changes
 * replace the object. A name of the program's own is taken while the old object stands, so that one goes first.
 */
export function objectDiff(olds: Properties, news: Properties, replaces: readonly string[]): DiffAnswer {
  const [before, after] = [byPath(olds), byPath(news)];
  const detailed: Record<string, Change> = {};
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path), after.get(path)];
    if (one === other) continue;
    const kind = one === undefined ? "add" : other === undefined ? "delete" : "update";
    detailed[path] = replaces.some((pattern) => within(path, pattern)) ? `${kind}-replace` : kind;
  }

  const paths = Object.keys(detailed);
  const replacing = [...new Set(paths.filter((path) => detailed[path]?.endsWith("-replace")).map(head))];
  const [was, is] = [metadataOf(olds), metadataOf(news)];
  const isSame = was.name === is.name && was.namespace === is.namespace && is.name !== undefined;
  return {
    changes: paths.length > 0,
    diffs: [...new Set(paths.map(head))],
    replaces: replacing,
    deleteBeforeReplace: replacing.length > 0 && isSame && !isAutonamed(is),
    detailed,
  };
}

function byPath(object: Properties): Map<string, string> {
  return new Map(leaves(object).map(({ path, value }) => [path, JSON.stringify(value)]));
}
