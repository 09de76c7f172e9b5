import type { Pool } from "../options/nodes";
import type { Partly, Rule } from "./rule";

/** Two replicas that refuse one node and want two zones (Karpenter's chart, topology spread and anti-affinity). */
const REPLICAS = 2;

/**
 * Karpenter starts nodes and cannot run on them: when it sleeps, nobody would wake them. So a pool stays that it does not
 * own, without taints, with room for both replicas, and not taken away at two minutes' notice.
 */
export const karpenter: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.karpenter === undefined) return;
  const open = Object.values(blueprint.nodes?.pools ?? {}).filter((pool) => (pool?.taints ?? []).length === 0);
  const steady = open.filter((pool) => pool?.capacity !== "spot");
  const reported = open.length === 0 || (blueprint.environment === "production" && steady.length === 0);
  if (!reported && !steady.some(holdsBoth))
    yield {
      path: ["nodes", "pools"],
      got: "no pool that Karpenter's two replicas can run on",
      allowed: "with karpenter a pool without taints, on-demand, with at least 2 nodes: it cannot run on its own",
      fix: "add a pool that says nothing: system: {}",
    };
};

// A pool that could not be read has been reported already.
function holdsBoth(pool: Partly<Pool> | undefined): boolean {
  const least = pool?.min ?? Math.min(pool?.max ?? REPLICAS, pool?.desired ?? REPLICAS);
  return least >= REPLICAS;
}
