import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../cluster";
import { userData } from "../user-data";
import { labels } from "./pool";
import type { PoolArgs } from "./template";

/** What of a cluster its nodes have to know. */
export type Joinable = Pick<Cluster, "name" | "endpoint" | "certificateAuthority" | "serviceCidr">;

/**
 * The user data of a pool, in base64. It is a literal, so that a preview can judge it, on EKS's own images; on others it
 * also says where the cluster is, which EKS does not add there.
 */
export function told({ blueprint, called, pool, cluster }: PoolArgs): pulumi.Input<string> {
  const { shell } = blueprint.nodes;
  if (pool.image.from === "eks") return encoded(userData(pool, shell));

  const { name, endpoint, certificateAuthority, serviceCidr } = cluster;
  const registered = { labels: labels(called, pool), taints: pool.taints };
  return pulumi
    .all([name, endpoint, certificateAuthority, serviceCidr] as const)
    .apply(([name, endpoint, certificateAuthority, serviceCidr]) =>
      encoded(userData(pool, shell, { name, endpoint, certificateAuthority, serviceCidr, ...registered })),
    );
}

const encoded = (text: string): string => Buffer.from(text).toString("base64");
