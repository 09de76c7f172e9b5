import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "./control";
import { allowsOf, covers } from "./iam-document";
import { isSet } from "./unknown";

const LOG_GROUP = token<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");

const admitted = (Condition?: object, Service = "logs.eu-central-1.amazonaws.com") =>
  JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: { Service },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition,
    },
  });
const context = {
  ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/*" },
};

/** What every log group promises: kept long enough, unreadable without our key, not deleted by accident. */
export const logs: readonly Control[] = [
  resourceControl({
    id: "logs-retention",
    title: "Logs are kept for at least a year",
    severity: "medium",
    why: "intrusions are often found months later; without the log nobody can say what was taken",
    fix: "set `retentionInDays` to 365 or more",
    refs: { catalogue: "EKS-LOG-3", cis: ["CIS EKS 2.1.2"], checkov: ["CKV_AWS_66", "CKV_AWS_338"] },
    resource: LOG_GROUP,
    *check({ retentionInDays: days }) {
      // Absent and zero mean "for ever" in AWS: kept, but nobody decided it and nobody pays attention to the bill.
      if (days === undefined || days === 0)
        yield { path: "retentionInDays", message: "nobody decided how long the log is kept" };
      else if (days < 365) yield { path: "retentionInDays", message: `the log is kept for only ${days} days` };
    },
    good: [{ retentionInDays: 365 }, { retentionInDays: 731 }],
    bad: [{}, { retentionInDays: 0 }, { retentionInDays: 90 }],
  }),

  resourceControl({
    id: "logs-encrypted",
    title: "Log groups are encrypted with a key of our own",
    severity: "high",
    why: "audit logs hold names, addresses and tokens in error messages; with our key their reading can be refused and traced",
    fix: "set `kmsKeyId` to the ARN of the logs key",
    refs: { catalogue: "EKS-LOG-4", checkov: ["CKV_AWS_158"], trivy: ["AWS-0017"] },
    resource: LOG_GROUP,
    *check(group) {
      if (!isSet(group, "kmsKeyId")) yield { path: "kmsKeyId", message: "the log group has no key of ours" };
    },
    good: [{ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000" }],
    bad: [{}],
  }),

  inventoryControl({
    id: "logs-key-admits-service",
    title: "The logs key admits CloudWatch Logs, and only for named log groups",
    severity: "high",
    why: "without the statement the log group cannot be made; without the encryption context it serves any log group",
    fix: "allow `logs.<region>.amazonaws.com` with a condition on `kms:EncryptionContext:aws:logs:arn`",
    refs: { catalogue: "EKS-LOG-4", checkov: ["CKV_AWS_158"], trivy: ["AWS-0017"] },
    about: [LOG_GROUP],
    *check(group, inventory) {
      if (!isSet(group.inputs, "kmsKeyId")) return;
      const keys = inventory.linked(group, "kmsKeyId", KEY);
      if (keys.length === 0)
        yield { path: "kmsKeyId", message: "the log group's key is not of this stack, so its policy cannot be read" };
      for (const key of keys) {
        const statements = allowsOf(key.inputs.policy ?? {}).filter(
          (one) =>
            covers(one, "kms:GenerateDataKey") &&
            one.principals.some(({ value }) => /^logs\..+\.amazonaws\.com$/.test(value)),
        );
        if (statements.length === 0) yield `key ${key.name} does not admit CloudWatch Logs`;
        const bound = statements.every(({ conditions }) =>
          conditions.some(
            (condition) => condition.key === "kms:encryptioncontext:aws:logs:arn" && !condition.values.includes("*"),
          ),
        );
        if (!bound) yield `key ${key.name} serves every log group`;
      }
    },
    good: [pair(admitted(context))],
    bad: [
      pair(admitted()),
      pair(admitted(context, "ec2.amazonaws.com")),
      [item(LOG_GROUP, "cluster", { kmsKeyId: "arn:aws:kms:eu-central-1:444455556666:key/1" })],
    ],
  }),

  inventoryControl({
    id: "logs-protected",
    title: "No `up` or `destroy` deletes a log group by accident",
    severity: "medium",
    why: "whoever deletes the log deletes the evidence",
    fix: "make the log group with `protect: true`",
    refs: { catalogue: "EKS-DEL-1" },
    about: [LOG_GROUP],
    *check({ protect }) {
      if (!protect) yield "the log group is not protected against deletion";
    },
    good: [[item(LOG_GROUP, "cluster", {}, { protect: true })]],
    bad: [[item(LOG_GROUP, "cluster", {})]],
  }),
];

function pair(policy: string) {
  const key = item(KEY, "logs", { policy });
  return [
    key,
    item(
      LOG_GROUP,
      "cluster",
      { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" },
      { links: { kmsKeyId: [key] } },
    ),
  ];
}
