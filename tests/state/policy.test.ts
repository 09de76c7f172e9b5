import { logBucketPolicy, stateBucketPolicy } from "../../stacks/state/policy";
import type { Caller } from "../../twin/iam/caller";
import type { Context } from "../../twin/iam/context";
import { decide, denied as denies } from "../../twin/iam/evaluate";
import { administrator, role, root } from "../keys/callers";
import { stateBlueprint } from "../layers/blueprints";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const owner = stateBlueprint();
const object = (bucket: string, policy: string) => ({
  arn: `arn:aws:s3:::${bucket}/a`,
  account: "111122223333",
  policy,
});
const state = object("states", stateBucketPolicy(owner, "states", KEY));
const logs = object("states-logs", logBucketPolicy(owner, "states-logs", "states"));

const tls = { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "false" };
const encryption = "s3:x-amz-server-side-encryption";

describe("the state bucket's policy", () => {
  const rows: readonly (readonly [string, Caller, string, Context, boolean])[] = [
    ["lets those who deploy read with TLS", administrator, "s3:GetObject", tls, false],
    ["lets them write with the bucket's own encryption", administrator, "s3:PutObject", tls, false],
    [
      "lets them write with the bucket's key named",
      administrator,
      "s3:PutObject",
      { ...tls, [encryption]: "aws:kms", [`${encryption}-aws-kms-key-id`]: KEY },
      false,
    ],
    ["refuses everybody without TLS", root, "s3:GetObject", { ...tls, "aws:SecureTransport": "false" }, true],
    ["refuses another account", role("administrator", "444455556666"), "s3:GetObject", tls, true],
    ["refuses S3's own key", administrator, "s3:PutObject", { ...tls, [encryption]: "AES256" }, true],
    [
      "refuses another key",
      administrator,
      "s3:PutObject",
      { ...tls, [`${encryption}-aws-kms-key-id`]: KEY.replace("1111-", "9999-") },
      true,
    ],
  ];

  it.each(rows)("%s", (_, caller, action, context, denied) => {
    expect(denies({ caller, action, context, resource: state })).toBe(denied);
  });
});

describe("the log bucket's policy", () => {
  const delivery: Caller = { service: "logging.s3.amazonaws.com" };
  const from = (bucket: string, account = "111122223333") => ({
    "aws:SecureTransport": "true",
    "aws:SourceArn": `arn:aws:s3:::${bucket}`,
    "aws:SourceAccount": account,
  });
  const writes = (context: Context) =>
    decide({ caller: delivery, action: "s3:PutObject", context, resource: logs }) === "allowed";

  it("lets S3 deliver the state bucket's log and no other", () => {
    expect(writes(from("states"))).toBe(true);
    expect(writes(from("other"))).toBe(false);
    expect(writes(from("states", "444455556666"))).toBe(false);
  });

  it("lets nobody in without TLS", () => {
    const context = { "aws:SecureTransport": "false" };

    expect(denies({ caller: administrator, action: "s3:GetObject", context, resource: logs })).toBe(true);
  });
});
