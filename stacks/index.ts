import { accountLayer } from "./account-layer";
import { readBlueprint } from "./blueprint";
import type { Blueprint } from "./blueprint/schema";
import { clusterLayer } from "./cluster-layer";
import { platformLayer } from "./platform-layer";
import { stateLayer } from "./state-layer";
import { tagWithUrns } from "./urn";

/**
 * The program: configuration → one layer → its outputs. Everything is checked before the first resource is registered.
 */
export = async () => layer(readBlueprint());

async function layer(blueprint: Blueprint) {
  tagWithUrns();
  switch (blueprint.layer) {
    case "account":
      return accountLayer(blueprint);
    case "cluster":
      return clusterLayer(blueprint);
    case "platform":
      return platformLayer(blueprint);
    case "state":
      return stateLayer(blueprint);
  }
}
