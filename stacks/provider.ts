import * as aws from "@pulumi/aws";

import type { AwsBlueprint, ClusterBlueprint } from "./blueprint/schema";

/**
 * The one AWS provider of a stack: bound to the blueprint's region and account, so that credentials of another account
 * fail before anything is created, and carrying the tags that every resource shares.
 *
 * @control account-provider-pinned
 * @control account-default-tags
 */
export function provider(blueprint: AwsBlueprint): aws.Provider {
  return new aws.Provider("aws", {
    region: blueprint.region as aws.Region,
    allowedAccountIds: [blueprint.account],
    defaultTags: { tags: { ...blueprint.tags, ...stackTags(blueprint) } },
  });
}

/** The tags by which people and bills find whose cluster it is, said on the cluster itself too. */
export function clusterTags({ owner, environment, dataClassification }: ClusterBlueprint) {
  return { owner, environment, "data-classification": dataClassification };
}

/** What every resource of a stack carries. Spread last: a blueprint's free tags add to it and never replace it. */
function stackTags(blueprint: AwsBlueprint): Record<string, string> {
  switch (blueprint.layer) {
    case "cluster":
      return { ...clusterTags(blueprint), "bulwark:cluster": blueprint.cluster.name };
    case "account":
    case "state":
      return {
        owner: blueprint.owner,
        "data-classification": blueprint.dataClassification,
        "bulwark:layer": blueprint.layer,
      };
  }
}
