import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, pinned } from "../iam-document";
import { role as roleArn, trusting } from "./example";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const ASSOCIATION = token<aws.eks.PodIdentityAssociationArgs>("aws:eks/podIdentityAssociation:PodIdentityAssociation");

const PODS = "pods.eks.amazonaws.com";
const base = {
  clusterName: "production",
  namespace: "external-secrets",
  serviceAccount: "external-secrets",
  roleArn: roleArn("bulwark-production-secrets-reader"),
};
const tags = (namespace: string, name: string) => ({
  StringEquals: {
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": name,
  },
});
const fit = tags(base.namespace, base.serviceAccount);

/** From a service account over its association to the role's trust. */
export const associations: readonly Control[] = [
  inventoryControl({
    id: "identity-association-pinned",
    title: "A role that is associated is made for that service account, and nobody else becomes it",
    severity: "high",
    why: "the association names the pods, but only the trust keeps everybody else out",
    fix: "let Pod Identity alone become the role, and name namespace and service account in its trust; `podIdentityTrust` writes it",
    refs: { catalogue: "EKS-IAM-8", cis: ["CIS EKS 5.2.1"] },
    about: [ASSOCIATION],
    *check(association, inventory) {
      const { namespace, serviceAccount, disableSessionTags } = association.inputs;
      if (disableSessionTags === true)
        yield { path: "disableSessionTags", message: "the session does not say whose it is, so the trust cannot ask" };
      const roles = inventory.linked(association, "roleArn", ROLE);
      if (roles.length === 0)
        yield { path: "roleArn", message: "the role is not of this stack, so its trust cannot be read" };
      for (const { name, inputs } of roles)
        for (const statement of allowsOf(inputs.assumeRolePolicy)) {
          const others = statement.principals.filter(({ value }) => value !== PODS).map(({ value }) => value);
          if (others.length > 0 || statement.notPrincipal) yield `${others.join(", ")} may become role ${name} too`;
          const named = (tag: string) => pinned(statement, `aws:RequestTag/kubernetes-${tag}`).join();
          if (named("namespace") !== namespace || named("service-account") !== serviceAccount)
            yield `role ${name} is not made for ${namespace}/${serviceAccount}`;
        }
    },
    good: [associated(PODS, fit)],
    bad: [
      associated(PODS, {}),
      associated(PODS, tags("external-secrets", "*")),
      associated(PODS, tags("default", base.serviceAccount)),
      associated([PODS, "ec2.amazonaws.com"], fit),
      associated(PODS, fit, { disableSessionTags: true }),
      associated(PODS, { StringEqualsIfExists: fit.StringEquals }),
      [item(ASSOCIATION, "reader", base)],
    ],
  }),
];

function associated(Service: string | readonly string[], Condition: object, more: object = {}) {
  const role = item(ROLE, "reader", {
    assumeRolePolicy: trusting({ Principal: { Service }, Action: ["sts:AssumeRole", "sts:TagSession"], Condition }),
  });
  return [role, item(ASSOCIATION, "reader", { ...base, ...more }, { links: { roleArn: [role] } })];
}
