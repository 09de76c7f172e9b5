import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { allowsOf, pinned } from "../iam-document";
import type { Item } from "../inventory";
import { isSet } from "../unknown";
import { ADDON, base, CLUSTER, ROLE } from "./example";

const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
const ASSOCIATION = token<aws.eks.PodIdentityAssociationArgs>("aws:eks/podIdentityAssociation:PodIdentityAssociation");

const CNI_POLICY = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy";
const PODS = "pods.eks.amazonaws.com";
const roleArn = "arn:aws:iam::111122223333:role/bulwark-production-vpc-cni";
const boundary = "arn:aws:iam::111122223333:policy/bulwark-production-addons-boundary";

// The trust of a role that a service account's own token opens.
const tokens = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A" },
      Action: "sts:AssumeRoleWithWebIdentity",
    },
  ],
});

/** What add-ons may do in AWS, and who else could do it through them. */
export const roles: readonly Control[] = [
  inventoryControl({
    id: "addons-cni-own-role",
    title: "The pod network's permissions belong to the VPC CNI alone",
    severity: "high",
    why: "on the nodes' role they belong to every pod that reaches a node's credentials, and rewire any interface in the account",
    fix: "give the vpc-cni add-on a role of its own by Pod Identity, and attach AmazonEKS_CNI_Policy to nothing else",
    refs: { catalogue: "EKS-IAM-11" },
    about: [ADDON, ATTACHMENT].map(({ type }) =>
      token<Partial<aws.eks.AddonArgs & aws.iam.RolePolicyAttachmentArgs>>(type),
    ),
    *check(resource, inventory) {
      const { inputs } = resource;
      if (resource.type === ADDON.type) {
        const own = isSet(inputs, "podIdentityAssociations") || isSet(inputs, "serviceAccountRoleArn");
        if (inputs.addonName === "vpc-cni" && !own) yield "the add-on has no role, so it works with the nodes'";
      } else if (inputs.policyArn === CNI_POLICY) {
        for (const { name, inputs: role } of inventory.linked(resource, "role", ROLE)) {
          if (servicesOf(role.assumeRolePolicy).includes("ec2.amazonaws.com"))
            yield `instances may become role ${name}, which carries the pod network's permissions`;
        }
      }
    },
    good: [
      [
        item(ADDON, "vpc-cni", {
          ...base,
          addonName: "vpc-cni",
          podIdentityAssociations: [{ roleArn, serviceAccount: "aws-node" }],
        }),
      ],
      carried(PODS),
    ],
    bad: [[item(ADDON, "vpc-cni", { ...base, addonName: "vpc-cni" })], carried("ec2.amazonaws.com")],
  }),

  resourceControl({
    id: "addons-role-boundary",
    title: "No policy attached to a pod's role reaches further than its boundary",
    severity: "medium",
    why: "a managed policy grows when AWS decides so; what a pod may do must not grow with it",
    fix: "set `permissionsBoundary` on every role that Pod Identity hands out or a service account's token opens",
    refs: { catalogue: "EKS-IAM-19" },
    resource: ROLE,
    *check(inputs) {
      if (isForPods(inputs.assumeRolePolicy) && !isSet(inputs, "permissionsBoundary"))
        yield { path: "permissionsBoundary", message: "a role for pods has no permissions boundary" };
    },
    good: [
      { assumeRolePolicy: trust(PODS), permissionsBoundary: boundary },
      { assumeRolePolicy: trust("ec2.amazonaws.com") },
    ],
    bad: [{ assumeRolePolicy: trust(PODS) }, { assumeRolePolicy: tokens }],
  }),

  inventoryControl({
    id: "addons-role-fits-account",
    title: "An add-on's role is made for the service account that gets it",
    severity: "medium",
    why: "a role made for nobody in particular serves whoever is associated next; one made for another leaves the add-on without rights",
    fix: "name the add-on's namespace and service account in the trust; `podIdentityTrust` writes it",
    refs: { catalogue: "EKS-IAM-8" },
    about: [ADDON],
    *check(addon, inventory) {
      const { podIdentityAssociations: associations = [], namespaceConfig } = addon.inputs;
      if (associations.length === 0) return;
      const trusts = inventory
        .linked(addon, "podIdentityAssociations", ROLE)
        .flatMap(({ inputs }) => allowsOf(inputs.assumeRolePolicy));
      const named = (tag: string) => trusts.flatMap((one) => pinned(one, `aws:RequestTag/kubernetes-${tag}`));
      const namespace = namespaceConfig?.namespace ?? "kube-system";
      for (const { serviceAccount } of associations)
        if (!named("service-account").includes(serviceAccount) || !named("namespace").includes(namespace))
          yield { path: "podIdentityAssociations", message: `no role is made for ${namespace}/${serviceAccount}` };
    },
    good: [fitting("kube-system", "aws-node")],
    bad: [fitting("kube-system", "ebs-csi-controller-sa"), fitting("default", "aws-node"), handed("addon")],
  }),

  inventoryControl({
    id: "addons-roles-deliverable",
    title: "Every role for pods is handed to a service account, and the agent that hands it out is there",
    severity: "medium",
    why: "a role that nothing hands out waits for somebody who finds a use for it; without the agent a pod falls back on the node's",
    fix: "associate the role with its service account, or remove it; keep the eks-pod-identity-agent add-on",
    refs: { catalogue: "EKS-IAM-8" },
    about: [ROLE],
    *check(role, inventory) {
      if (!servicesOf(role.inputs.assumeRolePolicy).includes(PODS)) return;
      const takers = [
        ...inventory
          .linking(ADDON, "podIdentityAssociations", role)
          .filter(({ inputs }) => isSet(inputs, "podIdentityAssociations")),
        ...inventory.linking(ASSOCIATION, "roleArn", role),
      ];
      if (takers.length === 0) yield "the role is associated with no service account";
      if (!inventory.all(ADDON).some(({ inputs }) => inputs.addonName === "eks-pod-identity-agent"))
        yield "no agent in the cluster hands roles to pods";
    },
    good: [handed("addon", "eks-pod-identity-agent"), handed("association", "eks-pod-identity-agent")],
    bad: [handed("addon"), handed("nothing", "eks-pod-identity-agent")],
  }),
];

function isForPods(assumeRolePolicy: unknown): boolean {
  const byToken = allowsOf(assumeRolePolicy).some(({ principals }) =>
    principals.some(({ kind, value }) => kind === "Federated" && value.includes(":oidc-provider/oidc.eks.")),
  );
  return byToken || servicesOf(assumeRolePolicy).includes(PODS);
}

function servicesOf(assumeRolePolicy: unknown): string[] {
  return allowsOf(assumeRolePolicy).flatMap(({ principals }) =>
    principals.flatMap(({ kind, value }) => (kind === "Service" ? [value] : [])),
  );
}

function trust(Service: string, StringEquals: object = {}): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole", Condition: { StringEquals } }],
  });
}

function fitting(namespace: string, serviceAccount: string) {
  const assumeRolePolicy = trust(PODS, {
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": serviceAccount,
  });
  const role = item(ROLE, "vpc-cni", { assumeRolePolicy });
  return [role, associated(role)];
}

function associated(role: Item) {
  return item(
    ADDON,
    "vpc-cni",
    { ...base, podIdentityAssociations: [{ roleArn, serviceAccount: "aws-node" }] },
    { links: { podIdentityAssociations: [role] } },
  );
}

function carried(by: string) {
  const role = item(ROLE, "carrier", { assumeRolePolicy: trust(by) });
  return [role, item(ATTACHMENT, "carrier", { role: "carrier", policyArn: CNI_POLICY }, { links: { role: [role] } })];
}

function handed(how: "addon" | "association" | "nothing", ...agents: readonly string[]) {
  const role = item(ROLE, "vpc-cni", { assumeRolePolicy: trust(PODS) });
  const cluster = item(CLUSTER, "main", { roleArn, vpcConfig: { subnetIds: [] } });
  const by = {
    addon: () => [associated(role)],
    association: () => [
      item(
        ASSOCIATION,
        "vpc-cni",
        { clusterName: "production", namespace: "kube-system", serviceAccount: "aws-node", roleArn },
        { links: { roleArn: [role] } },
      ),
    ],
    nothing: () => [],
  }[how];
  return [role, cluster, ...by(), ...agents.map((addonName) => item(ADDON, addonName, { ...base, addonName }))];
}
