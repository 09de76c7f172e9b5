import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { accountOf, allowsOf, pinned, type Statement } from "../iam-document";
import type { Inventory, Subject } from "../inventory";
import { ISSUER, role, trusting } from "./example";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const POD_IDENTITY = token<aws.eks.PodIdentityAssociationArgs>("aws:eks/podIdentityAssociation:PodIdentityAssociation");

const HOST = "oidc.eks.eu-central-1.amazonaws.com/id/A";
const CLUSTER_ARN = "arn:aws:eks:eu-central-1:111122223333:cluster/production";
const pods = { Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] };
const source = { "aws:SourceAccount": "111122223333", "aws:SourceArn": CLUSTER_ARN };
const tags = (namespace: string, name: unknown) => ({
  "aws:RequestTag/kubernetes-namespace": namespace,
  "aws:RequestTag/kubernetes-service-account": name,
});
const web = (claims: object, operator = "StringEquals") =>
  trusting({
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${HOST}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { [operator]: claims },
  });
const claims = (sub: unknown) => ({ [`${HOST}:aud`]: "sts.amazonaws.com", [`${HOST}:sub`]: sub });

/** Which pods become which role. */
export const workloads: readonly Control[] = [
  inventoryControl({
    id: "identity-irsa-trust-pinned",
    title: "A role that tokens open is opened by one service account's alone",
    severity: "critical",
    why: "without the service account in the trust every pod of the cluster can become the role",
    fix: "compare `<issuer>:aud` and `<issuer>:sub` with StringEquals; `irsaTrust` writes it",
    refs: { catalogue: "EKS-IAM-7", cis: ["CIS EKS 5.2.1"], kubescape: ["C-0225"] },
    about: [ROLE],
    // The trust names the issuer, which is known only once the cluster is.
    decidedAt: "up",
    *check(role, inventory) {
      for (const statement of federated(allowsOf(role.inputs.assumeRolePolicy))) {
        const subjects = claim(statement, "sub");
        if (claim(statement, "aud").join() !== "sts.amazonaws.com")
          yield { path: "assumeRolePolicy", message: "tokens made for something other than STS open the role" };
        if (subjects.length === 0 || !subjects.every((one) => /^system:serviceaccount:[^:*?]+:[^:*?]+$/.test(one)))
          yield { path: "assumeRolePolicy", message: "the service account is not named to its end" };
        if (!inventory.all(ISSUER).some((issuer) => isProvider(statement, issuer, role)))
          yield { path: "assumeRolePolicy", message: "the tokens' issuer is not the one of this stack" };
      }
    },
    good: [opened(web(claims("system:serviceaccount:orders:api")))],
    bad: [
      opened(web({ [`${HOST}:aud`]: "sts.amazonaws.com" })),
      opened(web({ [`${HOST}:sub`]: "system:serviceaccount:orders:api" })),
      opened(web(claims("system:serviceaccount:orders:*"), "StringLike")),
      opened(web(claims("system:serviceaccount:orders:api"), "StringEqualsIfExists")),
      [item(ROLE, "orders", { assumeRolePolicy: web(claims("system:serviceaccount:orders:api")) })],
    ],
  }),

  resourceControl({
    id: "identity-pod-trust-confined",
    title: "Pod Identity hands a role only to pods of this cluster",
    severity: "high",
    why: "the service works for every cluster of every account, and takes whichever association it is given",
    fix: "pin `aws:SourceAccount` and `aws:SourceArn` and allow no third action; `podIdentityTrust` writes it",
    refs: { catalogue: "EKS-IAM-8", cis: ["CIS EKS 5.2.1"] },
    resource: ROLE,
    *check({ assumeRolePolicy }) {
      for (const statement of ofPods(allowsOf(assumeRolePolicy))) {
        if (statement.actions.toSorted().join() !== "sts:AssumeRole,sts:TagSession")
          yield { path: "assumeRolePolicy", message: `the service may ${statement.actions.join(", ")}` };
        const [arns, accounts] = [pinned(statement, "aws:SourceArn"), pinned(statement, "aws:SourceAccount")];
        if (arns.length === 0 || !arns.every((arn) => /^arn:[\w-]+:eks:[\w-]+:\d{12}:cluster\/[^*?]+$/.test(arn)))
          yield { path: "assumeRolePolicy", message: "pods of any cluster may get the role" };
        if (accounts.length === 0 || !accounts.every((account) => accountOf(account) !== undefined))
          yield { path: "assumeRolePolicy", message: "pods of any account may get the role" };
        if (statement.principals.length > 1)
          yield { path: "assumeRolePolicy", message: "the statement also admits others" };
      }
    },
    good: [
      { assumeRolePolicy: trusting({ ...pods, Condition: { StringEquals: source } }) },
      { assumeRolePolicy: trusting({ Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }) },
    ],
    bad: [
      { assumeRolePolicy: trusting(pods) },
      { assumeRolePolicy: trusting({ ...pods, Condition: { StringEquals: { ...source, "aws:SourceAccount": "*" } } }) },
      { assumeRolePolicy: trusting({ ...pods, Action: "sts:*", Condition: { StringEquals: source } }) },
      {
        assumeRolePolicy: trusting({
          ...pods,
          Condition: { StringEquals: source, StringLike: { "aws:SourceArn": `${CLUSTER_ARN}*` } },
        }),
      },
      {
        assumeRolePolicy: trusting({
          ...pods,
          Principal: { Service: ["pods.eks.amazonaws.com", "ec2.amazonaws.com"] },
          Condition: { StringEquals: source },
        }),
      },
    ],
  }),

  inventoryControl({
    id: "identity-one-role-per-workload",
    title: "A role belongs to one workload",
    severity: "medium",
    why: "two workloads with one role share the rights of both, and the trail cannot tell them apart",
    fix: "make a role for each service account, and name the account in the role's trust",
    refs: { catalogue: "EKS-IAM-9", cis: ["CIS EKS 5.2.1"] },
    about: [ROLE],
    decidedAt: "up",
    *check(role, inventory) {
      const accounts = new Set([
        ...allowsOf(role.inputs.assumeRolePolicy).flatMap(serviceAccounts),
        ...inventory
          .linking(POD_IDENTITY, "roleArn", role)
          .map(({ inputs }) => `${inputs.namespace}:${inputs.serviceAccount}`),
      ]);
      if (accounts.size > 1) yield `the role belongs to ${[...accounts].join(" and ")}`;
    },
    good: [
      [item(ROLE, "orders", { assumeRolePolicy: web(claims("system:serviceaccount:orders:api")) })],
      associated("orders", trusting({ ...pods, Condition: { StringEquals: { ...source, ...tags("orders", "api") } } })),
    ],
    bad: [
      [
        item(ROLE, "orders", {
          assumeRolePolicy: web(claims(["system:serviceaccount:orders:api", "system:serviceaccount:orders:jobs"])),
        }),
      ],
      associated(
        "orders",
        trusting({ ...pods, Condition: { StringEquals: { ...source, ...tags("orders", "jobs") } } }),
      ),
      associated("orders", trusting({ ...pods, Condition: { StringEquals: source } }), "payments"),
    ],
  }),
];

const federated = (statements: readonly Statement[]) =>
  statements.filter(({ principals }) => principals.some(({ kind }) => kind === "Federated"));

const ofPods = (statements: readonly Statement[]) =>
  statements.filter(({ principals }) => principals.some(({ value }) => value === "pods.eks.amazonaws.com"));

/** The values of a token's claim, whatever the issuer is called, if they are compared exactly. */
function claim({ conditions }: Statement, name: string): string[] {
  return conditions
    .filter(({ operator, key }) => operator === "StringEquals" && key.endsWith(`:${name}`))
    .flatMap(({ values }) => values);
}

function serviceAccounts(statement: Statement): string[] {
  const [namespaces, names] = ["namespace", "service-account"].map((tag) =>
    pinned(statement, `aws:RequestTag/kubernetes-${tag}`),
  );
  const tagged = (namespaces ?? []).flatMap((namespace) => (names ?? []).map((name) => `${namespace}:${name}`));
  return [...tagged, ...claim(statement, "sub").map((sub) => sub.replace(/^system:serviceaccount:/, ""))];
}

function isProvider(
  statement: Statement,
  issuer: Inventory["items"][number] | Subject<unknown>,
  role: Subject<unknown>,
) {
  if ((role.propertyDependencies["assumeRolePolicy"] ?? []).includes(issuer.urn)) return true;
  return statement.principals.some(({ kind, value }) => kind === "Federated" && (issuer.ids ?? []).includes(value));
}

function opened(assumeRolePolicy: string) {
  const issuer = item(ISSUER, "main", { url: `https://${HOST}`, clientIdLists: ["sts.amazonaws.com"] });
  return [issuer, item(ROLE, "orders", { assumeRolePolicy }, { links: { assumeRolePolicy: [issuer] } })];
}

function associated(namespace: string, assumeRolePolicy: string, second?: string) {
  const of = item(ROLE, "orders", { assumeRolePolicy });
  const spaces = second === undefined ? [namespace] : [namespace, second];
  const associations = spaces.map((one) =>
    item(
      POD_IDENTITY,
      `${one}-api`,
      { clusterName: "production", namespace: one, serviceAccount: "api", roleArn: role("orders") },
      { links: { roleArn: [of] } },
    ),
  );
  return [of, ...associations];
}
