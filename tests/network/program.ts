import type { ClusterBlueprint } from "../../stacks/blueprint/schema";
import { Keys } from "../../stacks/keys";
import { Network } from "../../stacks/network";
import { provider } from "../../stacks/provider";
import type { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import type { Registration } from "../../twin/registration";
import { clusterBlueprint } from "../layers/blueprints";

/** The zones of the example. */
export const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

/** The example's blueprint with these options of its network, and more besides it. */
export function blueprintWith(network: object, more: object = {}): ClusterBlueprint {
  return clusterBlueprint({ network: { mode: "create", cidr: "10.20.0.0/16", zones, ...network }, ...more });
}

/** Runs a network with its keys in a new account and answers what it registered, without its surroundings. */
export async function made(blueprint: ClusterBlueprint): Promise<readonly Registration[]> {
  return (await built(blueprint)).network;
}

/** The same, with the account in which it now stands; of a preview nothing stands. */
export async function built(
  blueprint: ClusterBlueprint,
  preview = false,
): Promise<{ readonly network: readonly Registration[]; readonly account: Account }> {
  const { registrations, account } = await run(
    () => {
      const opts = { providers: { aws: provider(blueprint) } };
      new Network("main", { blueprint, keys: new Keys("main", { blueprint }, opts) }, opts);
    },
    { preview },
  );

  return { network: registrations.filter(({ parent }) => parent.endsWith("bulwark:index:Network::main")), account };
}
