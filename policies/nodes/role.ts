import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import type { Inventory, Subject } from "../inventory";
import { isSet } from "../unknown";
import { base, GROUP } from "./example";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
const INLINE = token<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");

const NEEDED = /^arn:aws[\w-]*:iam::aws:policy\/AmazonEKSWorkerNode(Minimal)?Policy$/;
const ALLOWED =
  /^arn:aws[\w-]*:iam::aws:policy\/(AmazonEKSWorkerNode(Minimal)?Policy|AmazonEC2ContainerRegistry(PullOnly|ReadOnly)|AmazonSSMManagedInstanceCore)$/;

const worker = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
const pull = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
const network = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy";

/** What the nodes' role may do. */
export const role: readonly Control[] = [
  inventoryControl({
    id: "nodes-role-minimal",
    title: "A node may join its cluster and pull images, and nothing else",
    severity: "high",
    why: "whoever breaks out of one container acts under the node's role",
    fix: "attach AmazonEKSWorkerNodePolicy and AmazonEC2ContainerRegistryPullOnly; give pods roles of their own",
    refs: { catalogue: "EKS-IAM-10", cis: ["CIS EKS 5.1.3"], kubescape: ["C-0223"] },
    about: [GROUP],
    *check(group, inventory) {
      const roles = inventory.linked(group, "nodeRoleArn", ROLE);
      if (roles.length === 0)
        yield { path: "nodeRoleArn", message: "the nodes' role is not of this stack, so its rights cannot be read" };
      for (const one of roles) {
        const attached = policiesOf(one, inventory);
        if (!attached.some((arn) => NEEDED.test(arn))) yield `with role ${one.name} no node can join`;
        for (const arn of attached.filter((policy) => !ALLOWED.test(policy)))
          yield `role ${one.name} also carries ${arn}`;
        if (inventory.linking(INLINE, "role", one).length > 0 || isSet(one.inputs, "inlinePolicies"))
          yield `role ${one.name} carries an inline policy`;
      }
    },
    good: [withRole(worker, pull)],
    bad: [
      withRole(worker, "arn:aws:iam::aws:policy/AmazonS3FullAccess"),
      withRole(worker, pull, network),
      withRole(pull),
      withInline(),
      [item(GROUP, "main-system", base)],
    ],
  }),
];

function policiesOf(
  one: Subject<{ managedPolicyArns?: string[] | undefined }>,
  inventory: Inventory,
): readonly string[] {
  const attached = inventory.linking(ATTACHMENT, "role", one).map(({ inputs }) => inputs.policyArn);
  return [...attached, ...(one.inputs.managedPolicyArns ?? [])];
}

function withRole(...policyArns: readonly string[]) {
  const one = item(ROLE, "main-nodes", { assumeRolePolicy: "{}" });
  const attached = policyArns.map((policyArn, index) =>
    item(ATTACHMENT, `main-nodes-${index}`, { role: "nodes", policyArn }, { links: { role: [one] } }),
  );
  return [one, ...attached, item(GROUP, "main-system", base, { links: { nodeRoleArn: [one] } })];
}

function withInline() {
  const [one, ...rest] = withRole(worker, pull);
  if (one === undefined) throw new Error("the example has no role");
  return [one, ...rest, item(INLINE, "main-nodes", { role: "nodes", policy: "{}" }, { links: { role: [one] } })];
}
