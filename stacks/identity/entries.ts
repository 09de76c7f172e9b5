import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { groupOf, members } from "./personas";

/** Why somebody administers the whole cluster; there is no third reason. */
export type Purpose = "break-glass" | "deployer";

const CLUSTER_ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** The cluster that an entry opens, as text known before it exists and as the value to wait for. */
export interface Door {
  readonly blueprint: ClusterBlueprint;
  readonly clusterName: pulumi.Input<string>;
}

/** Role names are unique in an account whatever their path, so an entry that changes its persona stays the same entry. */
const entryName = (name: string, roleArn: string) => `${name}-${roleArn.split("/").at(-1) ?? ""}`;

/**
 * The entries of people: a role, a group, and no access policy. AmazonEKSViewPolicy was weighed for production's
 * developers and not taken: its content is AWS's to change, cluster-wide it reads the system namespaces too, and the
 * namespaces to narrow it to do not exist yet.
 *
 * @control identity-no-system-groups
 * @control identity-entries-for-roles
 * @control identity-developers-read
 */
export function peopleEntries(
  name: string,
  { blueprint, clusterName }: Door,
  opts: pulumi.CustomResourceOptions,
): aws.eks.AccessEntry[] {
  return members(blueprint.identity).map(
    ({ role, persona }) =>
      new aws.eks.AccessEntry(
        entryName(name, role),
        {
          clusterName,
          principalArn: role,
          type: "STANDARD",
          kubernetesGroups: [groupOf(persona, blueprint.environment)],
        },
        opts,
      ),
  );
}

/**
 * The entry of one who administers the whole cluster, marked with the reason, so that everybody else who does is seen.
 *
 * @control identity-cluster-admins
 * @control identity-way-in
 */
export function administratorEntry(
  name: string,
  {
    clusterName,
    roleArn,
    purpose,
  }: Pick<Door, "clusterName"> & { readonly roleArn: string; readonly purpose: Purpose },
  opts: pulumi.CustomResourceOptions,
): aws.eks.AccessEntry {
  const entry = new aws.eks.AccessEntry(
    entryName(name, roleArn),
    { clusterName, principalArn: roleArn, type: "STANDARD", tags: { "bulwark:purpose": purpose } },
    opts,
  );
  new aws.eks.AccessPolicyAssociation(
    entryName(name, roleArn),
    { clusterName, principalArn: entry.principalArn, policyArn: CLUSTER_ADMIN, accessScope: { type: "cluster" } },
    opts,
  );
  return entry;
}
