import { block, canonical, contains, formatAddress, overlaps, parseBlock, type Block } from "../../cidr/block";
import { coversTheWorld, IPV4_MAPPED, union } from "../../cidr/union";
import { present, repeated, type Findings, type Rule } from "./rule";

/** Catalogue EKS-NET-2: no prefix shorter than /20. For IPv6 the same idea is one site, a /48 (RFC 6177). */
const SHORTEST = { 4: 20, 6: 48 } as const;

/** Addresses that no packet from the internet carries: a block of them grants nothing and only looks like a restriction. */
const NOT_PUBLIC = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["224.0.0.0/3", "fc00::/7", "fe80::/10", "ff00::/8", "::/127"],
].map(block);

const PATH = ["cluster", "endpoint", "from"];

function* source(index: number, text: string): Findings {
  const path = [...PATH, index];
  const parsed = parseBlock(text);
  if (!parsed)
    return yield {
      path,
      allowed: "a block: an address, a slash and a prefix length",
      fix: "write - 203.0.113.7/32 for one address",
    };

  const plain = canonical(parsed);
  if (overlaps(parsed, IPV4_MAPPED))
    return yield { path, allowed: "IPv4 written as IPv4, not inside an IPv6 block", fix: `write ${unmapped(parsed)}` };
  if (plain !== text) yield { path, allowed: "a block written from its first address", fix: `write - ${plain}` };
  if (parsed.prefix < SHORTEST[parsed.family])
    yield {
      path,
      allowed: `/${SHORTEST[parsed.family]} or smaller: a wider block is strangers`,
      fix: "write the addresses your people and runners really leave from",
    };
  else if (NOT_PUBLIC.some((range) => overlaps(range, parsed)))
    yield {
      path,
      allowed: "addresses of the internet: private ones reach the private endpoint anyway",
      fix: `remove - ${text}`,
    };
}

const unmapped = (it: Block): string =>
  contains(IPV4_MAPPED, it)
    ? `- ${canonical({ ...it, family: 4, first: it.first & 0xffffffffn, prefix: it.prefix - 96 })} if it is narrow enough`
    : "the IPv6 addresses your people and runners really leave from";

/** The public endpoint answers a few known addresses; the world is refused in every disguise. */
export const endpoint: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.cluster?.endpoint?.access !== "public") return;
  const from = present(blueprint.cluster.endpoint.from);
  for (const [index, text] of from) yield* source(index, text);
  yield* repeated(from, PATH, "block");

  const blocks = from.map(([, text]) => parseBlock(text)).filter((it) => it !== undefined);
  const fix = "keep the private endpoint, or name the addresses your people and runners really leave from";
  if (coversTheWorld(blocks))
    return yield {
      path: PATH,
      got: "blocks that together are the whole internet",
      allowed: "a few blocks of the internet",
      fix,
    };
  for (const { family, first, last } of union(blocks.filter((it) => it.prefix >= SHORTEST[it.family]))) {
    const most = 1n << BigInt((family === 4 ? 32 : 128) - SHORTEST[family]);
    if (last - first + 1n > most)
      yield {
        path: PATH,
        got: `neighbouring blocks that together are ${formatAddress(family, first)} to ${formatAddress(family, last)}`,
        allowed: `at most the addresses of a /${SHORTEST[family]} in one piece, however they are cut`,
        fix,
      };
  }
};
