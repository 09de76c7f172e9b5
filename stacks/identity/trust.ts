import type { ClusterBlueprint } from "../blueprint/schema";

/** A Kubernetes service account: the one workload that a role is for. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** An IAM OIDC provider, with the issuer it stands for. */
export interface Provider {
  readonly arn: string;
  /** With or without `https://`: the cluster says it with, IAM reads it back without. */
  readonly issuer: string;
}

/** What of a blueprint says which cluster is meant. */
type Whose = Pick<ClusterBlueprint, "account" | "region" | "cluster">;

/** The cluster's ARN, told from the blueprint alone, so that a preview can judge what it stands in. */
export function clusterArn({ account, region, cluster }: Whose): string {
  return `arn:aws:eks:${region}:${account}:cluster/${cluster.name}`;
}

/**
 * Trust for a role that EKS Pod Identity hands to one service account of one cluster. The source keeps the service from
 * using it for another cluster, the request tags keep every other service account from it, even by a mistaken
 * association (Amazon EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity"). The tags are
 * absent from an association with `disableSessionTags`, which such a role therefore refuses.
 *
 * @control identity-pod-trust-confined
 * @control identity-one-role-per-workload
 * @control iam-service-trust-confined
 */
export function podIdentityTrust(whose: Whose, { namespace, name }: ServiceAccount): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PodIdentity",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": whose.account,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": name,
          },
          ArnEquals: { "aws:SourceArn": clusterArn(whose) },
        },
      },
    ],
  });
}

/**
 * Trust for a role that one service account assumes with its own token, where Pod Identity does not reach. Both claims
 * are compared exactly: without `sub` every pod of the cluster gets the role, without `aud` a token for something else
 * does (Amazon EKS user guide, "Assign IAM roles to Kubernetes service accounts").
 *
 * @control identity-irsa-trust-pinned
 * @control identity-one-role-per-workload
 */
export function irsaTrust({ arn, issuer }: Provider, { namespace, name }: ServiceAccount): string {
  const claims = issuer.replace(/^https:\/\//, "");
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ServiceAccount",
        Effect: "Allow",
        Principal: { Federated: arn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${claims}:aud`]: "sts.amazonaws.com",
            [`${claims}:sub`]: `system:serviceaccount:${namespace}:${name}`,
          },
        },
      },
    ],
  });
}
