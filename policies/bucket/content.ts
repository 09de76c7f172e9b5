import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import type { Item } from "../inventory";
import { BUCKET, withPart } from "./example";

const VERSIONING = token<aws.s3.BucketVersioningArgs>("aws:s3/bucketVersioning:BucketVersioning");
const ENCRYPTION = token<aws.s3.BucketServerSideEncryptionConfigurationArgs>(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
const BALANCER = token<aws.lb.LoadBalancerArgs>("aws:lb/loadBalancer:LoadBalancer");
const LOGGING = token<aws.s3.BucketLoggingArgs>("aws:s3/bucketLogging:BucketLogging");

const kms = {
  rules: [
    {
      applyServerSideEncryptionByDefault: {
        sseAlgorithm: "aws:kms",
        kmsMasterKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1",
      },
    },
  ],
};
const aes = { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] };

/** How a bucket keeps what lies in it. */
export const content: readonly Control[] = [
  inventoryControl({
    id: "bucket-versioned",
    title: "Buckets keep what was overwritten",
    severity: "high",
    why: "a state that was overwritten or deleted by mistake is otherwise gone, and with it the knowledge of what exists",
    fix: "register `aws.s3.BucketVersioning` with status Enabled",
    refs: { catalogue: "EKS-LOG-9", checkov: ["CKV_AWS_21"] },
    about: [BUCKET],
    *check(one, inventory) {
      const versioned = inventory.linking(VERSIONING, "bucket", one);
      if (!versioned.some(({ inputs }) => inputs.versioningConfiguration.status === "Enabled"))
        yield "the bucket keeps no old versions";
    },
    good: [
      withPart((links) =>
        item(VERSIONING, "b", { bucket: "b", versioningConfiguration: { status: "Enabled" } }, links),
      ),
    ],
    bad: [
      [item(BUCKET, "b", {})],
      withPart((links) =>
        item(VERSIONING, "b", { bucket: "b", versioningConfiguration: { status: "Suspended" } }, links),
      ),
    ],
  }),

  inventoryControl({
    id: "bucket-encrypted",
    title: "Buckets are encrypted with a key of our own; access logs, which AWS cannot write so, with S3's",
    severity: "high",
    why: "with our key a reader needs two permissions, and the second one is traced",
    fix: "register `aws.s3.BucketServerSideEncryptionConfiguration` with `aws:kms` and the key's ARN",
    refs: { catalogue: "EKS-LOG-9", checkov: ["CKV_AWS_19"] },
    about: [BUCKET],
    *check(one, inventory) {
      const rules = inventory.linking(ENCRYPTION, "bucket", one).flatMap(({ inputs }) => inputs.rules);
      const how = rules
        .map((rule) => rule.applyServerSideEncryptionByDefault)
        .find((byDefault) => byDefault !== undefined);
      if (how === undefined) yield "nobody decided how the bucket is encrypted";
      else if (!how.sseAlgorithm.startsWith("aws:kms") || !("kmsMasterKeyId" in how)) {
        // S3 and Elastic Load Balancing deliver their logs under no other key.
        const logs = [
          ...inventory.linking(LOGGING, "targetBucket", one),
          ...inventory.linking(BALANCER, "accessLogs", one),
        ];
        if (logs.length === 0) yield "the bucket is encrypted with AWS's key, not ours";
      }
    },
    good: [withPart((links) => item(ENCRYPTION, "b", { bucket: "b", ...kms }, links)), accessLogs(), balancerLogs()],
    bad: [[item(BUCKET, "b", {})], withPart((links) => item(ENCRYPTION, "b", { bucket: "b", ...aes }, links))],
  }),

  inventoryControl({
    id: "bucket-kept",
    title: "No `up` or `destroy` empties or deletes a bucket by accident",
    severity: "high",
    why: "the bucket of states is the only record of what Pulumi made",
    fix: "make the bucket with `protect: true` and without `forceDestroy`",
    refs: {},
    about: [BUCKET],
    *check({ protect, inputs }) {
      if (!protect) yield "the bucket is not protected against deletion";
      if (inputs.forceDestroy === true)
        yield { path: "forceDestroy", message: "deleting the bucket deletes everything in it" };
    },
    good: [[item(BUCKET, "b", {}, { protect: true })]],
    bad: [[item(BUCKET, "b", {})], [item(BUCKET, "b", { forceDestroy: true }, { protect: true })]],
  }),
];

function accessLogs(): readonly Item[] {
  const [logs, encryption] = withPart((links) => item(ENCRYPTION, "b", { bucket: "b", ...aes }, links));
  const to = { links: { targetBucket: logs === undefined ? [] : [logs] } };
  return [
    logs,
    encryption,
    item(LOGGING, "state", { bucket: "state", targetBucket: "b", targetPrefix: "state/" }, to),
  ].filter((one) => one !== undefined);
}

function balancerLogs(): readonly Item[] {
  const [logs, encryption] = withPart((links) => item(ENCRYPTION, "b", { bucket: "b", ...aes }, links));
  const to = { links: { accessLogs: logs === undefined ? [] : [logs] } };
  return [logs, encryption, item(BALANCER, "main", { accessLogs: { bucket: "b", enabled: true } }, to)].filter(
    (one) => one !== undefined,
  );
}
