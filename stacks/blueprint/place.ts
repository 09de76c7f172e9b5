import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from "yaml";
import type { Path } from "./problem";

/** Where things stand in the stack's file, and how they were written there. */
export interface Places {
  /** `file:line:column` of the nearest thing that exists. */
  at(path: Path): string;
  /** How far down the file that is, so that problems are listed in the order in which a person meets them. */
  order(path: Path): number;
  /** The text of a plain scalar as it was written: `1.30`, which the program receives as 1.3. */
  written(path: Path): string | undefined;
  /** True when the configuration is encrypted, so that no value of it may be shown. */
  readonly secret: boolean;
}

/** Looks up places under `config: { "bulwark:blueprint": … }`; without a source only the file's name is known. */
export function placesIn(file: string, source: string | undefined, secret = false): Places {
  if (source === undefined) return { at: () => file, order: () => 0, written: () => undefined, secret };
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  // A path that begins with another key (`aws:region`) stands beside the blueprint, not in it.
  const whole = (path: Path): Path => [
    "config",
    ...(String(path[0]).includes(":") ? [] : ["bulwark:blueprint"]),
    ...path,
  ];

  return {
    at: (path) => {
      const { offset } = follow(document.contents, whole(path));
      if (offset === undefined) return file;
      const { line, col } = lines.linePos(offset);
      return `${file}:${line}:${col}`;
    },
    order: (path) => follow(document.contents, whole(path)).offset ?? 0,
    written: (path) => {
      const { node } = follow(document.contents, whole(path));
      return isScalar(node) && node.type === "PLAIN" ? node.source : undefined;
    },
    secret,
  };
}

interface Found {
  readonly node: unknown;
  readonly offset: number | undefined;
}

/** Goes as deep as the file does; the offset is that of the last thing found. */
function follow(contents: unknown, path: Path): Found {
  let found: Found = { node: contents, offset: undefined };
  for (const part of path) {
    const next = child(found.node, part);
    if (!next) return { node: undefined, offset: found.offset };
    found = next;
  }
  return found;
}

function child(node: unknown, part: string | number): Found | undefined {
  if (isSeq(node) && typeof part === "number") {
    const item = node.items[part] as Node | undefined;
    return item && { node: item, offset: item.range?.[0] };
  }
  if (!isMap(node)) return undefined;
  const pair = (node as YAMLMap<Node, Node | null>).items.find(({ key }) => isScalar(key) && key.value === part);
  return pair && { node: pair.value, offset: start(pair) };
}

/** A scalar is pointed at itself, a block at its key: that is where the eye finds it. */
function start({ key, value }: Pair<Node, Node | null>): number | undefined {
  return isScalar(value) && value.source !== "" ? value.range?.[0] : key.range?.[0];
}
