import { Account } from "./account";
import type { AccountBlueprint } from "./blueprint/schema";
import { provider } from "./provider";

/** The account layer: once per account and region, before the first cluster, and kept when the last one goes. */
export function accountLayer(blueprint: AccountBlueprint) {
  const aws = provider(blueprint);
  const account = new Account("main", { blueprint }, { providers: { aws } });

  return { disksKeyArn: account.disks.arn, settings: account.settings };
}
