import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { isSet } from "../unknown";
import { base, CLUSTER } from "./example";

const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const encrypted = { ...base, encryptionConfig: { provider: { keyArn }, resources: ["secrets"] } };

/** How Kubernetes secrets lie in etcd. */
export const secrets: readonly Control[] = [
  resourceControl({
    id: "cluster-secrets-encrypted",
    title: "Kubernetes secrets in etcd are encrypted under a key of ours",
    severity: "high",
    why: "under AWS's own key nobody can refuse, end or trace the reading of the cluster's secrets",
    fix: 'set `encryptionConfig` with resources ["secrets"] and the ARN of the secrets key',
    refs: {
      catalogue: "EKS-ENC-1",
      cis: ["CIS EKS 5.3.1"],
      securityHub: ["EKS.3"],
      checkov: ["CKV_AWS_58"],
      trivy: ["AWS-0039"],
      kubescape: ["C-0066"],
    },
    resource: CLUSTER,
    *check({ encryptionConfig }) {
      if (encryptionConfig?.resources.includes("secrets") !== true)
        yield { path: "encryptionConfig", message: "Kubernetes secrets are not encrypted under a key of ours" };
      else if (!isSet(encryptionConfig.provider, "keyArn"))
        yield { path: "encryptionConfig.provider.keyArn", message: "no key is named" };
    },
    good: [encrypted],
    bad: [base, { ...base, encryptionConfig: { provider: { keyArn }, resources: [] } }],
  }),

  inventoryControl({
    id: "cluster-secrets-key",
    title: "The key of the cluster's secrets is a symmetric key of this stack",
    severity: "high",
    why: "a key from elsewhere can be disabled elsewhere, and then no pod starts; EKS takes symmetric keys only",
    fix: "pass the secrets key that Keys makes",
    refs: { catalogue: "EKS-ENC-2", cis: ["CIS EKS 5.3.1"], checkov: ["CKV_AWS_227"] },
    about: [CLUSTER],
    *check(cluster, inventory) {
      if (!isSet(cluster.inputs, "encryptionConfig")) return;
      const keys = inventory.linked(cluster, "encryptionConfig", KEY);
      if (keys.length === 0)
        yield { path: "encryptionConfig.provider.keyArn", message: "the key is not of this stack" };
      for (const { name, inputs } of keys) {
        if ((inputs.keyUsage ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT")
          yield `key ${name} is not made for encryption`;
        if ((inputs.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT")
          yield `key ${name} is not symmetric`;
      }
    },
    good: [withKey({})],
    bad: [
      withKey({ keyUsage: "SIGN_VERIFY" }),
      withKey({ customerMasterKeySpec: "RSA_2048" }),
      [item(CLUSTER, "main", encrypted)],
    ],
  }),
];

function withKey(inputs: (typeof KEY)["inputs"] & object) {
  const key = item(KEY, "secrets", inputs);
  return [key, item(CLUSTER, "main", encrypted, { links: { encryptionConfig: [key] } })];
}
