import {
  accountLayer,
  type AccountBlueprint,
  clusterLayer,
  type ClusterBlueprint,
  stateLayer,
  type StateBlueprint,
} from "../../stacks/blueprint/schema";

/** The account of every example. */
export const ACCOUNT = "111122223333";
/** The region of every example. */
export const REGION = "eu-central-1";

const stack = {
  account: ACCOUNT,
  region: REGION,
  owner: "platform@example.com",
  access: {
    administrators: [`arn:aws:iam::${ACCOUNT}:role/platform-admin`],
    breakGlass: `arn:aws:iam::${ACCOUNT}:role/bulwark-production-break-glass`,
  },
};

/** Who may become the break-glass role that the cluster layer makes. */
export const breakGlass = { principals: [`arn:aws:iam::${ACCOUNT}:role/security-on-call`] };

/** A cluster's blueprint that says only what has no default; `more` says more. */
export function clusterBlueprint(more: object = {}): ClusterBlueprint {
  return clusterLayer.parse({
    layer: "cluster",
    environment: "production",
    ...stack,
    network: {
      mode: "create",
      cidr: "10.20.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    },
    cluster: { name: "production" },
    identity: { breakGlass },
    ...more,
  });
}

/** An account's blueprint that says only what has no default. */
export function accountBlueprint(more: object = {}): AccountBlueprint {
  return accountLayer.parse({ layer: "account", ...stack, ...more });
}

/** A state blueprint that says only what has no default. */
export function stateBlueprint(more: object = {}): StateBlueprint {
  return stateLayer.parse({ layer: "state", ...stack, ...more });
}
