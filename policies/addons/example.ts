import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const ADDON = token<aws.eks.AddonArgs>("aws:eks/addon:Addon");
export const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
export const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");

/** What every add-on says, for examples. */
export const base = { clusterName: "production", addonName: "coredns", addonVersion: "v1.14.3-eksbuild.16" };

/** An example's cluster and its add-ons, each by its inputs. */
export function clusterWith(
  version: string,
  ...addons: readonly Partial<typeof base & { configurationValues: string }>[]
) {
  const cluster = item(CLUSTER, "main", {
    version,
    roleArn: "arn:aws:iam::111122223333:role/c",
    vpcConfig: { subnetIds: [] },
  });
  const parts = addons.map((inputs, index): Item =>
    item(ADDON, `addon-${index}`, { ...base, ...inputs }, { links: { clusterName: [cluster] } }),
  );
  return [cluster, ...parts];
}
