import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Cluster } from "../cluster";
import type { WorkloadRole } from "./role";
import { type AddonName, versionOf } from "./version";

export interface AddonArgs {
  readonly blueprint: ClusterBlueprint;
  readonly cluster: Pick<Cluster, "name">;
  /** What differs from the add-on's own defaults. */
  readonly configuration?: object;
  /** What the add-on's pods may do in AWS. @default nothing: the add-on calls no AWS API */
  readonly role?: WorkloadRole;
}

/** Where an add-on stands among the resources. */
interface Place {
  readonly parent: pulumi.Resource;
  /** What it must wait for besides its role. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * One add-on at one version. An add-on that somebody changed by hand is neither overwritten nor kept in silence: with
 * NONE the update stops and names the field. The role comes with the add-on rather than as an association of its own,
 * so that the add-on never starts without it.
 */
export function addon(
  name: string,
  addonName: AddonName,
  { blueprint, cluster, configuration, role }: AddonArgs,
  { parent, after = [] }: Place,
): aws.eks.Addon {
  return new aws.eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: cluster.name,
      addonName,
      /**
       * @control addons-pinned
       * @control addons-fit-cluster
       */
      addonVersion: versionOf(addonName, blueprint),
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      ...(role === undefined
        ? {}
        : { podIdentityAssociations: [{ serviceAccount: role.serviceAccount, roleArn: role.role.arn }] }),
      /** @control addons-changes-noticed */
      resolveConflictsOnCreate: "NONE",
      resolveConflictsOnUpdate: "NONE",
      preserve: false,
    },
    // A role without its policies would let the add-on start and fail.
    { parent, dependsOn: [...(role?.attached ?? []), ...after] },
  );
}
