import type { ClusterBlueprint } from "./blueprint/schema";
import { Cluster } from "./cluster";
import { Keys } from "./keys";
import { Network } from "./network";
import { checkExisting } from "./network/existing";
import { provider } from "./provider";

/** The cluster layer: keys, network and control plane of one cluster, each standing on the one before. */
export async function clusterLayer(blueprint: ClusterBlueprint) {
  const aws = provider(blueprint);
  // A network that lacks what the rest needs is refused while there is nothing yet to clean up.
  if (blueprint.network.mode === "existing") await checkExisting(blueprint.network, blueprint, { provider: aws });

  const opts = { providers: { aws } };
  const keys = new Keys("main", { blueprint }, opts);
  const network = new Network("main", { blueprint, keys }, opts);
  const cluster = new Cluster("main", { blueprint, network, keys }, opts);

  return {
    name: cluster.name,
    arn: cluster.arn,
    endpoint: cluster.endpoint,
    certificateAuthority: cluster.certificateAuthority,
    oidcIssuer: cluster.oidcIssuer,
    vpcId: network.vpcId,
    privateSubnetIds: network.privateSubnetIds,
    publicSubnetIds: network.publicSubnetIds,
    intraSubnetIds: network.intraSubnetIds,
    keys: {
      secrets: keys.secrets.arn,
      disks: keys.disks.arn,
      logs: keys.logs.arn,
      secretsManager: keys.secretsManager.arn,
      backups: keys.backups.arn,
    },
  };
}
