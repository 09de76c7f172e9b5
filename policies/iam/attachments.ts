import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { document, ROLE } from "./trust";

const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
const USER = token<aws.iam.UserArgs>("aws:iam/user:User");

const ADMINISTRATORS = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;
// Cluster policy, its VPC companion, and the four that EKS Auto Mode asks for (Amazon EKS user guide, cluster IAM role).
const OF_CLUSTER =
  /:policy\/AmazonEKS(ClusterPolicy|VPCResourceController|ComputePolicy|BlockStoragePolicy|LoadBalancingPolicy|NetworkingPolicy)$/;
const PEOPLE = [
  "user:User",
  "accessKey:AccessKey",
  "userPolicy:UserPolicy",
  "userPolicyAttachment:UserPolicyAttachment",
  "userLoginProfile:UserLoginProfile",
].map((name) => `aws:iam/${name}`);

/** What roles get besides policies of our own, and that nobody gets anything but roles. */
export const attachments: readonly Control[] = [
  resourceControl({
    id: "iam-no-administrator-attachments",
    title: "No role carries one of AWS's administrator policies",
    severity: "critical",
    why: "one leaked credential of such a role is the whole account",
    fix: "write a policy with the actions that the role needs",
    refs: {
      catalogue: "EKS-IAM-13",
      securityHub: ["IAM.1"],
      checkov: ["CKV_AWS_274", "CKV2_AWS_56"],
      trivy: ["AWS-0057"],
    },
    resource: ATTACHMENT,
    *check({ policyArn }) {
      if (ADMINISTRATORS.test(policyArn)) yield { path: "policyArn", message: `the role carries ${policyArn}` };
    },
    good: [{ role: "cluster", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }],
    bad: [
      { role: "cluster", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      { role: "cluster", policyArn: "arn:aws:iam::aws:policy/IAMFullAccess" },
    ],
  }),

  inventoryControl({
    id: "iam-cluster-role-policies",
    title: "The cluster's role carries only what EKS asks for",
    severity: "high",
    why: "whatever the control plane's role may do, a flaw in the control plane may do too",
    fix: "attach AmazonEKSClusterPolicy and nothing of your own",
    refs: { catalogue: "EKS-IAM-12" },
    about: [CLUSTER],
    *check(cluster, inventory) {
      for (const role of inventory.linked(cluster, "roleArn", ROLE)) {
        const attached = inventory.linking(ATTACHMENT, "role", role).map(({ inputs }) => inputs.policyArn);
        if (attached.length === 0) yield `role ${role.name} carries no policy, so EKS can do nothing`;
        for (const arn of attached.filter((one) => !OF_CLUSTER.test(one)))
          yield `role ${role.name} also carries ${arn}`;
      }
    },
    good: [clusterWith("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy")],
    bad: [
      clusterWith("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy", "arn:aws:iam::aws:policy/AmazonEC2FullAccess"),
      clusterWith(),
    ],
  }),

  inventoryControl({
    id: "iam-no-users",
    title: "There are no IAM users and no long-lived keys",
    severity: "high",
    why: "an access key works for years from anywhere; roles end after hours",
    fix: "let people sign in through the identity provider, and machines through roles",
    refs: {
      catalogue: "EKS-IAM-17",
      cis: ["CIS EKS 5.5.1"],
      securityHub: ["IAM.2"],
      checkov: ["CKV_AWS_273", "CKV_AWS_40"],
      trivy: ["AWS-0143"],
    },
    about: "stack",
    *check(_stack, inventory) {
      for (const { type, name } of inventory.items.filter((one) => PEOPLE.includes(one.type)))
        yield `${type}::${name} is not a role`;
    },
    good: [[item(ROLE, "cluster", { assumeRolePolicy: document({ Service: "eks.amazonaws.com" }) })]],
    bad: [
      [item(USER, "ci", {})],
      [item(token<aws.iam.AccessKeyArgs>("aws:iam/accessKey:AccessKey"), "ci", { user: "ci" })],
    ],
  }),
];

function clusterWith(...policyArns: readonly string[]) {
  const role = item(ROLE, "control-plane", { assumeRolePolicy: document({ Service: "eks.amazonaws.com" }) });
  const cluster = item(
    CLUSTER,
    "main",
    { roleArn: "arn:aws:iam::111122223333:role/cluster", vpcConfig: { subnetIds: ["subnet-1"] } },
    { links: { roleArn: [role] } },
  );
  const attached = policyArns.map((policyArn, index) =>
    item(ATTACHMENT, `control-plane-${index}`, { role: "r", policyArn }, { links: { role: [role] } }),
  );
  return [role, cluster, ...attached];
}
