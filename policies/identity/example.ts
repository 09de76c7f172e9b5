import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const ENTRY = token<aws.eks.AccessEntryArgs>("aws:eks/accessEntry:AccessEntry");
export const ASSOCIATION = token<aws.eks.AccessPolicyAssociationArgs>(
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
);
export const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
export const PROVIDER = token<aws.eks.IdentityProviderConfigArgs>(
  "aws:eks/identityProviderConfig:IdentityProviderConfig",
);
export const ISSUER = token<aws.iam.OpenIdConnectProviderArgs>("aws:iam/openIdConnectProvider:OpenIdConnectProvider");

/** Role ARNs for examples. */
export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

/** A trust policy of one statement, for examples. */
export function trusting(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

/** A policy of EKS's own for a principal, with the entry that lets the principal in. */
export function admitted(
  policy: string,
  { tags = {}, scope = { type: "cluster" }, groups = [], name = "someone" }: Said = {},
): Item[] {
  const [clusterName, principalArn] = ["production", role(name)];
  const entry = item(ENTRY, name, { clusterName, principalArn, tags, kubernetesGroups: groups });
  const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
  const association = item(
    ASSOCIATION,
    name,
    { clusterName, principalArn, policyArn, accessScope: scope },
    { links: { principalArn: [entry] } },
  );
  return [entry, association];
}

interface Said {
  readonly tags?: Record<string, string>;
  readonly scope?: { readonly type: string; readonly namespaces?: string[] };
  readonly groups?: string[];
  readonly name?: string;
}

/** What a cluster cannot do without, for examples. */
export function cluster(inputs: object = {}, links: Readonly<Record<string, readonly Item[]>> = {}): Item {
  return item(CLUSTER, "main", { roleArn: role("c"), vpcConfig: { subnetIds: ["subnet-1"] }, ...inputs }, { links });
}
