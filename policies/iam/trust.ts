/**
 * Services that send no source, so that there is nothing to pin: EC2 hands the role to an instance, which is in our account,
 * and Shield documents no condition keys for its response team (developer guide, "ddos-srt-access").
 */
const SOURCELESS: ReadonlySet<string> = new Set(["ec2.amazonaws.com", "drt.shield.amazonaws.com"]);

import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { accountOf, allowsOf, isPublic, pinned, type Statement } from "../iam-document";
import type { Inventory } from "../inventory";

export const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");

const PROVIDER = token<aws.ProviderArgs>("pulumi:providers:aws");

const ACCOUNT = "111122223333";
const own = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
const eks = { Service: "eks.amazonaws.com" };

/** Who may become a role. */
export const trust: readonly Control[] = [
  resourceControl({
    id: "iam-no-public-trust",
    title: "No role can be assumed by everybody",
    severity: "critical",
    why: "a wildcard in a trust policy hands the role to every AWS account in the world",
    fix: "name the service, account or role that may assume it",
    refs: { catalogue: "EKS-IAM-16", checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
    resource: ROLE,
    *check({ assumeRolePolicy }) {
      if (allowsOf(assumeRolePolicy).some(isPublic))
        yield { path: "assumeRolePolicy", message: "everybody may assume the role" };
    },
    good: [{ assumeRolePolicy: document(eks, own) }],
    bad: [{ assumeRolePolicy: document("*", own) }, { assumeRolePolicy: document({ AWS: "*" }) }],
  }),

  inventoryControl({
    id: "iam-cross-account-trust",
    title: "Other accounts assume a role only with an external id or as part of the organisation",
    severity: "high",
    why: "a partner who may assume the role can be talked into assuming it for somebody else",
    fix: "condition the statement on `sts:ExternalId` or `aws:PrincipalOrgID`",
    refs: { catalogue: "EKS-IAM-16", checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
    about: [ROLE],
    *check({ inputs: { assumeRolePolicy } }, inventory) {
      for (const statement of allowsOf(assumeRolePolicy)) {
        if (namesOwnPrincipals(statement, inventory)) continue;
        const bound = ["sts:ExternalId", "aws:PrincipalOrgID"].some((key) =>
          pinned(statement, key).some((value) => !value.includes("*")),
        );
        const accounts = statement.principals
          .filter(({ kind }) => kind === "AWS")
          .flatMap(({ value }) => accountOf(value) ?? []);
        if (accounts.length > 0 && !bound)
          yield {
            path: "assumeRolePolicy",
            message: `account ${accounts.join(", ")} may assume the role unconditionally`,
          };
      }
    },
    good: [
      [item(ROLE, "example", { assumeRolePolicy: document(eks, own) })],
      [
        item(ROLE, "example", {
          assumeRolePolicy: document(
            { AWS: "arn:aws:iam::444455556666:root" },
            { StringEquals: { "sts:ExternalId": "b7c1" } },
          ),
        }),
      ],
      inAccount(ACCOUNT, { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/on-call` } }),
    ],
    bad: [
      [item(ROLE, "example", { assumeRolePolicy: document({ AWS: "arn:aws:iam::444455556666:root" }) })],
      inAccount(ACCOUNT),
      inAccount("444455556666", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/partner" } }),
    ],
  }),

  resourceControl({
    id: "iam-service-trust-confined",
    title: "An AWS service assumes a role only on behalf of our account",
    severity: "high",
    why: "without the condition the service can be made to use the role for somebody else's resources",
    fix: "condition the statement on `aws:SourceAccount`",
    refs: {},
    resource: ROLE,
    *check({ assumeRolePolicy }) {
      for (const { service, statement } of services(allowsOf(assumeRolePolicy))) {
        if (SOURCELESS.has(service)) continue;
        const sources = ["aws:SourceAccount", "aws:SourceArn"].flatMap((key) => pinned(statement, key));
        if (!sources.some((source) => accountOf(source) !== undefined))
          yield { path: "assumeRolePolicy", message: `${service} may assume the role on behalf of any account` };
      }
    },
    good: [
      { assumeRolePolicy: document(eks, own) },
      ...[...SOURCELESS].map((Service) => ({ assumeRolePolicy: document({ Service }) })),
    ],
    bad: [
      { assumeRolePolicy: document(eks) },
      { assumeRolePolicy: document(eks, { StringLike: { "aws:SourceAccount": "*" } }) },
    ],
  }),

  inventoryControl({
    id: "iam-cluster-role-trust",
    title: "Only EKS, for this account, becomes the cluster's role",
    severity: "high",
    why: "whoever becomes the control plane's role can use the key of the cluster's secrets",
    fix: "trust `eks.amazonaws.com` alone, with a condition on `aws:SourceAccount`",
    refs: { catalogue: "EKS-IAM-12", checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
    about: [CLUSTER],
    *check(cluster, inventory) {
      const roles = inventory.linked(cluster, "roleArn", ROLE);
      if (roles.length === 0)
        yield { path: "roleArn", message: "the cluster's role is not of this stack, so its trust cannot be read" };
      for (const role of roles) {
        for (const statement of allowsOf(role.inputs.assumeRolePolicy)) {
          const others = statement.principals.filter(
            ({ kind, value }) => kind !== "Service" || value !== "eks.amazonaws.com",
          );
          if (others.length > 0) yield `${others.map(({ value }) => value).join(", ")} may become the cluster's role`;
          if (pinned(statement, "aws:SourceAccount").length === 0)
            yield `the trust of role ${role.name} names no source account`;
        }
      }
    },
    good: [clusterOf(document(eks, own))],
    bad: [
      clusterOf(document(eks)),
      clusterOf(document({ Service: ["eks.amazonaws.com", "ec2.amazonaws.com"] }, own)),
      [cluster({})],
    ],
  }),
];

/** True when the statement admits the stack's own account alone and says which of its roles or users it means. */
function namesOwnPrincipals(statement: Statement, inventory: Inventory): boolean {
  const ids = inventory.all(PROVIDER).flatMap(({ inputs }) => listOf(inputs.allowedAccountIds));
  const isOwn = (arn: string) => ids.includes(accountOf(arn) ?? "none");
  const named = pinned(statement, "aws:PrincipalArn");
  return (
    statement.principals.every(({ kind, value }) => kind === "AWS" && isOwn(value)) &&
    named.length > 0 &&
    named.every(isOwn)
  );
}

// Providers get every input that is no string as JSON text.
function listOf(value: unknown): unknown[] {
  const list: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}

function inAccount(principal: string, condition?: object) {
  return [
    item(PROVIDER, "aws", { allowedAccountIds: [ACCOUNT] }),
    item(ROLE, "example", { assumeRolePolicy: document({ AWS: `arn:aws:iam::${principal}:root` }, condition) }),
  ];
}

function services(statements: readonly Statement[]) {
  return statements.flatMap((statement) =>
    statement.principals.filter(({ kind }) => kind === "Service").map(({ value: service }) => ({ service, statement })),
  );
}

/** A trust policy for examples. */
export function document(Principal: unknown, Condition?: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition }],
  });
}

function clusterOf(assumeRolePolicy: string) {
  const role = item(ROLE, "control-plane", { assumeRolePolicy });
  return [role, cluster({ roleArn: [role] })];
}

function cluster(links: Readonly<Record<string, readonly ReturnType<typeof item>[]>>) {
  return item(
    CLUSTER,
    "main",
    { roleArn: `arn:aws:iam::${ACCOUNT}:role/other`, vpcConfig: { subnetIds: ["subnet-1"] } },
    { links },
  );
}
