import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { covers, isPublic, statementsOf } from "../iam-document";
import { BUCKET, withPart } from "./example";

const CLOSED = token<aws.s3.BucketPublicAccessBlockArgs>("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
const POLICY = token<aws.s3.BucketPolicyArgs>("aws:s3/bucketPolicy:BucketPolicy");

const SWITCHES = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const tlsOnly = (Condition: object) =>
  JSON.stringify({
    Statement: {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
      Condition,
    },
  });

/** Who reaches a bucket, and how. */
export const access: readonly Control[] = [
  inventoryControl({
    id: "bucket-public-access-block",
    title: "No bucket can become public",
    severity: "critical",
    why: "state and logs of a cluster are its map; one wrong access list would publish them",
    fix: "register `aws.s3.BucketPublicAccessBlock` with all four switches on",
    refs: { catalogue: "EKS-LOG-9", checkov: ["CKV2_AWS_6"], securityHub: ["S3.8"] },
    about: [BUCKET],
    *check(one, inventory) {
      const [closed] = inventory.linking(CLOSED, "bucket", one);
      if (closed === undefined) yield "nothing keeps the bucket from becoming public";
      for (const name of closed === undefined ? [] : SWITCHES) {
        if (closed?.inputs[name] !== true) yield `${name} is off`;
      }
    },
    good: [
      withPart((links) =>
        item(
          CLOSED,
          "b",
          {
            bucket: "b",
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          },
          links,
        ),
      ),
    ],
    bad: [
      [item(BUCKET, "b", {})],
      withPart((links) =>
        item(
          CLOSED,
          "b",
          { bucket: "b", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true },
          links,
        ),
      ),
    ],
  }),

  inventoryControl({
    id: "bucket-tls-only",
    title: "Buckets answer nobody without TLS",
    severity: "high",
    why: "a request without TLS shows its content to everybody on the way",
    fix: "deny `s3:*` to everybody where `aws:SecureTransport` is false",
    refs: { catalogue: "EKS-LOG-9", securityHub: ["S3.5"] },
    // The policy names keys and buckets that exist only after `up`.
    decidedAt: "up",
    about: [BUCKET],
    *check(one, inventory) {
      const refused = inventory
        .linking(POLICY, "bucket", one)
        .flatMap((policy) => statementsOf(policy.inputs.policy))
        .some(
          (statement) =>
            statement.effect === "Deny" &&
            isPublic(statement) &&
            covers(statement, "s3:GetObject") &&
            covers(statement, "s3:PutObject") &&
            statement.conditions.length === 1 &&
            statement.conditions.every(
              ({ operator, key, values }) =>
                operator === "Bool" && key === "aws:securetransport" && values.join() === "false",
            ),
        );
      if (!refused) yield "the bucket answers requests without TLS";
    },
    good: [
      withPart((links) =>
        item(POLICY, "b", { bucket: "b", policy: tlsOnly({ Bool: { "aws:SecureTransport": "false" } }) }, links),
      ),
    ],
    bad: [
      [item(BUCKET, "b", {})],
      withPart((links) =>
        item(POLICY, "b", { bucket: "b", policy: tlsOnly({ Bool: { "aws:SecureTransport": "true" } }) }, links),
      ),
    ],
  }),
];
