import type { Path } from "../problem";
import { present, type Rule } from "./rule";

const TIERS = ["public", "private", "intra"] as const;

/** No subnet of a VPC that is brought along serves two tiers, and production has three of what the cluster stands on. */
export const subnets: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.network?.mode !== "existing") return;
  const tiers = blueprint.network.subnets;

  const seen = new Map<string, string>();
  for (const tier of TIERS)
    for (const [index, id] of present(tiers?.[tier])) {
      const path: Path = ["network", "subnets", tier, index];
      const first = seen.get(id);
      if (first !== undefined)
        yield {
          path,
          allowed: "each subnet once, in one tier",
          fix: `remove it here or from network.subnets.${first}`,
        };
      seen.set(id, first ?? tier);
    }

  if (blueprint.environment !== "production") return;
  for (const tier of ["private", "intra"] as const)
    if (tiers?.[tier]?.length === 2)
      yield {
        path: ["network", "subnets", tier],
        allowed: "three subnets or more in production, one in each of three zones",
        fix: `add a ${tier} subnet of a third zone`,
      };
};
