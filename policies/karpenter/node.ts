import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { isSet } from "../unknown";
import { ROLE } from "./example";

const ENTRY = token<aws.eks.AccessEntryArgs>("aws:eks/accessEntry:AccessEntry");
const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
const INLINE = token<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");

const NEEDED = /:policy\/AmazonEKSWorkerNode(Minimal)?Policy$/;
const ALLOWED =
  /^arn:aws[\w-]*:iam::aws:policy\/(AmazonEKSWorkerNode(Minimal)?Policy|AmazonEC2ContainerRegistry(PullOnly|ReadOnly)|AmazonSSMManagedInstanceCore)$/;

const worker = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
const pull = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";

/** What a node may do that joins by an access entry of ours. */
export const node: readonly Control[] = [
  inventoryControl({
    id: "karpenter-node-role-minimal",
    title: "A node outside the managed groups may join and pull images, and nothing else",
    severity: "high",
    why: "whoever breaks out of one container acts under the node's role; Karpenter's own example gives it the pod network as well",
    fix: "attach AmazonEKSWorkerNodePolicy and AmazonEC2ContainerRegistryPullOnly; give pods roles of their own",
    refs: { catalogue: "EKS-IAM-10", cis: ["CIS EKS 5.1.3"], kubescape: ["C-0223"] },
    about: [ENTRY],
    *check({ inputs: { type, principalArn, kubernetesGroups } }, inventory) {
      if (type === undefined || type === "STANDARD") return;
      if ((kubernetesGroups ?? []).length > 0)
        yield { path: "kubernetesGroups", message: "a node gets groups besides those that EKS gives it" };
      const roles = inventory
        .all(ROLE)
        .filter(({ inputs }) => isSet(inputs, "name") && inputs.name === principalArn.split("/").at(-1));
      if (roles.length === 0)
        yield { path: "principalArn", message: "the nodes' role is not of this stack, so its rights cannot be read" };
      for (const role of roles) {
        const attached = inventory.linking(ATTACHMENT, "role", role).map(({ inputs }) => inputs.policyArn);
        const all = [...attached, ...(role.inputs.managedPolicyArns ?? [])];
        if (!all.some((arn) => NEEDED.test(arn))) yield `with role ${role.name} no node can join`;
        for (const arn of all.filter((one) => !ALLOWED.test(one))) yield `role ${role.name} also carries ${arn}`;
        if (inventory.linking(INLINE, "role", role).length > 0 || isSet(role.inputs, "inlinePolicies"))
          yield `role ${role.name} carries an inline policy`;
      }
    },
    good: [joining([worker, pull]), joining([], { type: "STANDARD" })],
    bad: [
      joining([worker, pull, "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"]),
      joining([pull]),
      joining([worker, pull], { kubernetesGroups: ["bulwark:sre"] }),
      joining([worker], { principalArn: "arn:aws:iam::111122223333:role/another" }),
      [...joining([worker]), inline()],
    ],
  }),
];

function made() {
  return item(ROLE, "karpenter-node", { name: "karpenter-node", assumeRolePolicy: "{}" });
}

function inline() {
  return item(INLINE, "karpenter-node", { role: "karpenter-node", policy: "{}" }, { links: { role: [made()] } });
}

function joining(policyArns: readonly string[], more: Partial<(typeof ENTRY)["inputs"] & object> = {}) {
  const role = made();
  const attached = policyArns.map((policyArn, index) =>
    item(ATTACHMENT, `node-${index}`, { role: "karpenter-node", policyArn }, { links: { role: [role] } }),
  );
  const entry = {
    clusterName: "production",
    principalArn: "arn:aws:iam::111122223333:role/karpenter-node",
    type: "EC2_LINUX",
  };
  return [role, ...attached, item(ENTRY, "karpenter-node", { ...entry, ...more })];
}
