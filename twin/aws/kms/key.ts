import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { kept } from "../kept";
import { text } from "../property";
import { defaultPolicy, refuseKeyPolicy } from "./policy";

/** The token of a KMS key. */
export const KEY = "aws:kms/key:Key";

/** A KMS key: deleting one only schedules its end, and every user of it fails from that moment (KMS, "Deleting keys"). */
export const key: Behaviour = {
  token: KEY,
  service: "KMS",
  words: "KMS Key",
  replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  minutes: { create: 0.2, update: 0.2 },
  onDelete: "schedule",
  defaults: ({ world }) => ({
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    deletionWindowInDays: 30,
    description: "",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
    multiRegion: false,
    policy: defaultPolicy(world),
  }),
  refuseCreate: refuseKey,
  refuseUpdate: refuseKey,
  id: ({ world, inputs }) => (inputs["multiRegion"] === true ? `mrk-${world.hex(32)}` : world.uuid()),
  outputs: ({ world, inputs }, id) => ({
    arn: regionalArn(world, "kms", `key/${id}`),
    keyId: id,
    // A policy written by a KeyPolicy resource stays when the key itself is updated without one.
    policy: inputs["policy"] ?? kept(world, KEY, id, "policy", defaultPolicy(world)),
    rotationPeriodInDays: inputs["rotationPeriodInDays"] ?? (inputs["enableKeyRotation"] === true ? 365 : 0),
  }),
};

function refuseKey(call: Call): void {
  const { inputs } = call;
  refuseKeyPolicy(call);
  const days = inputs["deletionWindowInDays"];
  if (typeof days === "number" && (days < 7 || days > 30))
    throw new AwsError(
      "ValidationException",
      `expected deletion_window_in_days to be in the range (7 - 30), got ${days}`,
    );
  const period = inputs["rotationPeriodInDays"];
  if (typeof period === "number" && (period < 90 || period > 2560))
    throw new AwsError(
      "ValidationException",
      `expected rotation_period_in_days to be in the range (90 - 2560), got ${period}`,
    );
  if (period !== undefined && inputs["enableKeyRotation"] !== true)
    throw new AwsError("ValidationException", "rotation_period_in_days needs enable_key_rotation");
  const spec = text(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
  if (inputs["enableKeyRotation"] === true && spec !== "SYMMETRIC_DEFAULT")
    throw new AwsError("UnsupportedOperationException", "Automatic rotation is for symmetric encryption keys only.");
}
