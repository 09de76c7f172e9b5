import { block, contains, type Block } from "./block";

/** Addresses without a gap: what several blocks are together. */
type Range = Pick<Block, "family" | "first" | "last">;

/** IPv4 written as IPv6 (`::ffff:203.0.113.0/120`, RFC 4291 2.5.5.2): the same hosts under another name. */
export const IPV4_MAPPED = block("::ffff:0:0/96");

/** Joins blocks that touch or overlap into ranges, so that two halves of the internet count as the internet. */
export function union(blocks: readonly Block[]): Range[] {
  const sorted = [...blocks].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const ranges: Range[] = [];
  for (const { family, first, last } of sorted) {
    const open = ranges.at(-1);
    if (open?.family !== family || first > open.last + 1n) ranges.push({ family, first, last });
    else ranges[ranges.length - 1] = { ...open, last: last > open.last ? last : open.last };
  }
  return ranges;
}

/** True when the blocks together hold every IPv4 or every IPv6 address, however the world is cut up. */
export function coversTheWorld(blocks: readonly Block[]): boolean {
  const worlds = [block("0.0.0.0/0"), block("::/0"), IPV4_MAPPED];
  return union(blocks).some((range) => worlds.some((world) => contains({ ...world, ...range }, world)));
}
