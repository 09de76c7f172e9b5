import type { Rule } from "./rule";

/** Two replicas that refuse one node and want two zones (Karpenter's chart, topology spread and anti-affinity). */
const REPLICAS = 2;

/**
 * Karpenter starts nodes and cannot run on them: when it sleeps, nobody would wake them. So a pool stays that it does not
 * own, without taints, with room for both replicas, and not taken away at two minutes' notice.
 */
export const karpenter: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.karpenter === undefined) return;
  const { pools } = blueprint.nodes ?? {};
  // No pool at all, or one that could not be read, is reported by itself.
  if (pools === undefined || Object.keys(pools).length === 0 || Object.values(pools).includes(undefined)) return;

  const fit = Object.values(pools).some(
    (pool) =>
      pool !== undefined &&
      (pool.taints ?? []).length === 0 &&
      pool.capacity !== "spot" &&
      (pool.min ?? Math.min(pool.max ?? REPLICAS, pool.desired ?? REPLICAS)) >= REPLICAS,
  );
  if (!fit)
    yield {
      path: ["nodes", "pools"],
      got: "no pool that Karpenter's two replicas can run on",
      allowed: "with karpenter a pool without taints, on-demand, with at least 2 nodes: it cannot run on its own",
      fix: "add a pool that says nothing: system: {}",
    };
};
