import type { ClusterBlueprint } from "../schema";
import { isRegion } from "./region";
import { present, repeated, type Partly, type Findings, type Rule } from "./rule";

type Network = Partly<Extract<ClusterBlueprint["network"], { mode: "create" }>>;

function* inProduction({ zones, nat }: Network): Findings {
  if (zones !== undefined && zones.length === 2)
    yield {
      path: ["network", "zones"],
      allowed: "three zones in production, so that the loss of one leaves two",
      fix: "add a third zone of the region",
    };
  if (nat === "one")
    yield {
      path: ["network", "nat"],
      allowed: "per-zone or none in production: one gateway takes every zone down with its own",
      fix: "write nat: per-zone",
    };
}

/** The zones are different zones of the region; production has three, and no single point through which all traffic leaves. */
export const zones: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster" || blueprint.network?.mode !== "create") return;
  const { region, network, environment } = blueprint;
  const zones = present(network.zones);
  for (const [index, zone] of zones)
    if (isRegion(region) && zone.slice(0, -1) !== region)
      yield {
        path: ["network", "zones", index],
        allowed: `zones of ${region}: its code and a letter`,
        fix: `write - ${region}${zone.slice(-1)}`,
      };
  yield* repeated(zones, ["network", "zones"], "zone");
  if (environment === "production") yield* inProduction(network);
};
