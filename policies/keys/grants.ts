import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, covers, pinned } from "../iam-document";
import { document, root } from "./policy";
import { KEY } from "./settings";

const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
const CONTROL_PLANE = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants"];

/** Who may hand a key on, and what the control plane may do with the key of the cluster's secrets. */
export const grants: readonly Control[] = [
  inventoryControl({
    id: "keys-grants-for-services",
    title: "Only AWS services hand a key on, for a resource they attach",
    severity: "high",
    why: "a grant is a second key policy that no review ever reads",
    fix: "condition `kms:CreateGrant` on `kms:GrantIsForAWSResource`; on the cluster's secrets key, where that makes CreateCluster fail, pin `kms:ViaService` and `kms:CallerAccount`",
    refs: { catalogue: "EKS-KMS-4" },
    about: [KEY],
    *check(key, inventory) {
      const granting = allowsOf(key.inputs.policy ?? {}).filter((statement) => covers(statement, "kms:CreateGrant"));
      if (granting.length === 0) return;
      const ofCluster = inventory.linking(CLUSTER, "encryptionConfig", key).length > 0;
      for (const statement of granting) {
        const forResource = statement.conditions.some(
          ({ operator, key: name, values }) =>
            operator === "Bool" && name === "kms:grantisforawsresource" && values.join() === "true",
        );
        const viaService =
          pinned(statement, "kms:ViaService").length > 0 && pinned(statement, "kms:CallerAccount").length > 0;
        if (ofCluster ? !viaService : !forResource)
          yield {
            path: "policy",
            message: `kms:CreateGrant is not bound to ${ofCluster ? "a service and the account" : "resources of AWS services"}`,
          };
      }
    },
    good: [
      [
        item(KEY, "disks", {
          policy: document({
            ...root("kms:CreateGrant"),
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          }),
        }),
      ],
      clusterWith({
        ...root("kms:CreateGrant"),
        Condition: {
          StringEquals: { "kms:ViaService": "eks.eu-central-1.amazonaws.com", "kms:CallerAccount": "111122223333" },
        },
      }),
    ],
    bad: [
      [item(KEY, "disks", { policy: document(root("kms:CreateGrant")) })],
      [
        item(KEY, "disks", {
          policy: document({ ...root("kms:Create*"), Condition: { Bool: { "kms:GrantIsForAWSResource": "false" } } }),
        }),
      ],
      clusterWith(root("kms:CreateGrant")),
    ],
  }),

  inventoryControl({
    id: "keys-secrets-least-actions",
    title: "The control plane may do with the cluster's key only what encrypting secrets takes",
    severity: "medium",
    why: "every further action is one that a compromised control plane could use and EKS never does",
    fix: "limit the statement to kms:Encrypt, kms:Decrypt, kms:DescribeKey and kms:ListGrants",
    refs: { catalogue: "EKS-KMS-4" },
    about: [CLUSTER],
    *check(cluster, inventory) {
      for (const key of inventory.linked(cluster, "encryptionConfig", KEY)) {
        const using = allowsOf(key.inputs.policy ?? {}).filter((statement) => covers(statement, "kms:Decrypt"));
        for (const action of using.flatMap(({ actions, notActions }) => [...actions, ...notActions])) {
          if (!CONTROL_PLANE.includes(action)) yield `the policy of key ${key.name} also grants ${action}`;
        }
      }
    },
    good: [clusterWith(root("kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants"))],
    bad: [clusterWith(root("kms:Decrypt", "kms:ReEncryptFrom")), clusterWith(root("kms:*"))],
  }),
];

function clusterWith(statement: object) {
  const key = item(KEY, "secrets", { policy: document(statement) });
  const cluster = item(
    CLUSTER,
    "main",
    { roleArn: "arn:aws:iam::111122223333:role/cluster", vpcConfig: { subnetIds: ["subnet-1"] } },
    { links: { encryptionConfig: [key] } },
  );
  return [key, cluster];
}
