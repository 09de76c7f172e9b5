import { block, canonical, contains, overlaps, parseBlock, type Block } from "../../cidr/block";
import type { Path } from "../problem";
import type { Findings, Rule } from "./rule";

/** RFC 1918. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** RFC 6598: shared address space, private enough for a VPC and not routed to the internet. */
const SHARED = "100.64.0.0/10";

interface Bounds {
  readonly path: Path;
  readonly within: readonly string[];
  readonly widest: number;
  readonly narrowest: number;
  readonly why: string;
}

/** Everything that can be wrong with one private IPv4 block. */
function* judge(text: string, { path, within, widest, narrowest, why }: Bounds): Findings {
  const key = String(path.at(-1));
  const parsed = parseBlock(text);
  if (parsed?.family !== 4)
    return yield {
      path,
      allowed: "an IPv4 block: four numbers, a slash and a prefix length",
      fix: `write ${key}: 10.20.0.0/16`,
    };

  const plain = canonical(parsed);
  if (plain !== text) yield { path, allowed: "a block written from its first address", fix: `write ${key}: ${plain}` };
  if (!within.some((range) => contains(block(range), parsed)))
    yield {
      path,
      allowed: `a block inside ${within.join(", ")}: anything else belongs to somebody`,
      fix: `write ${key}: 10.20.0.0/16`,
    };
  if (parsed.prefix < widest || parsed.prefix > narrowest)
    yield {
      path,
      allowed: `a prefix from /${widest} to /${narrowest}: ${why}`,
      fix: `write ${key}: ${resized(parsed, widest, narrowest)}`,
    };
}

const resized = ({ family, first, prefix }: Block, widest: number, narrowest: number): string => {
  const fitting = Math.min(Math.max(prefix, widest), narrowest);
  const size = 1n << BigInt(32 - fitting);
  return canonical({ family, first: first - (first % size), prefix: fitting, last: 0n, written: 0n });
};

/** The VPC's and the services' blocks are private, canonical, of a size that works, and apart from each other. */
export const cidr: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster") return;
  const { network, cluster } = blueprint;
  const vpc = network?.mode === "create" ? network.cidr : undefined;
  const services = cluster?.serviceCidr;

  if (vpc !== undefined)
    yield* judge(vpc, {
      path: ["network", "cidr"],
      within: [...PRIVATE, SHARED],
      widest: 16,
      narrowest: 20,
      why: "AWS makes no VPC larger than /16, and less than /20 leaves no room for pods in three zones",
    });
  if (services === undefined) return;
  const path = ["cluster", "serviceCidr"];
  yield* judge(services, { path, within: PRIVATE, widest: 12, narrowest: 24, why: "EKS takes no other size" });
  if (network?.pods === "ipv6")
    yield {
      path,
      allowed: "no serviceCidr with pods: ipv6; EKS then chooses an IPv6 block",
      fix: "remove serviceCidr",
    };
  const [inner, outer] = [parseBlock(services), parseBlock(vpc ?? "")];
  if (inner && outer && overlaps(inner, outer))
    yield {
      path,
      allowed: `a block that shares no address with the VPC's ${canonical(outer)}`,
      fix: overlaps(block("172.20.0.0/16"), outer)
        ? "write serviceCidr: 10.100.0.0/16"
        : "write serviceCidr: 172.20.0.0/16",
    };
};
