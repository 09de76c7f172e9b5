import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Edge } from "../../stacks/edge";
import { Keys } from "../../stacks/keys";
import { Network } from "../../stacks/network";
import { provider } from "../../stacks/provider";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";

/** Words for those options that need some. */
export const words = { reason: "customers of the shop come from everywhere", by: "platform@example.com" };

/** Shield Advanced, subscribed to by the stack. */
export const subscribe = {
  advanced: "subscribe",
  acknowledged: "one year at 3000 USD a month, renewed until cancelled",
  by: words.by,
};

/** An edge that says only what has no default, with more besides it. */
export function edgeBlueprint(edge: object = {}, more: object = {}): ClusterBlueprint {
  const zone = { mode: "create", name: "example.com" };
  return clusterBlueprint({ edge: { hosts: ["shop.example.com"], zone, ...edge }, ...more });
}

/** Runs an edge with network and keys in a new account; answers everything registered, and the edge's own part. */
export async function made(blueprint: ClusterBlueprint, account = Account.open(undefined, { timeScale: 0 })) {
  const { registrations } = await run(
    () => {
      const opts = { providers: { aws: provider(blueprint) } };
      const keys = new Keys("main", { blueprint }, opts);
      const network = new Network("main", { blueprint, keys }, opts);
      const { edge } = blueprint;
      if (edge !== undefined) new Edge("main", { blueprint, edge, network, keys }, opts);
    },
    { account },
  );

  const ours = ({ urn }: Registration) => urn.includes("bulwark:index:Edge$") || urn.includes("bulwark:index:Edge::");
  return { registrations, edge: registrations.filter(ours), account };
}
