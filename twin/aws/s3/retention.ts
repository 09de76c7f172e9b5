import type { Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text } from "../property";
import { BUCKET } from "./bucket";
import { isLocked, malformed, OWNED, setting } from "./setting";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

const status = (inputs: Properties): string | undefined => text(inputs, "versioningConfiguration.status");

/** Whether old versions of objects are kept; once on, it can only be suspended. */
export const versioning = setting(VERSIONING, "Versioning", {
  // Deleting it suspends versioning; with Object Lock even that is skipped, so a deletion is never refused.
  refuseCreate: (call) => {
    refuseStatus(call.inputs);
    refuseUnlocking(call);
  },
  refuseUpdate: (call) => {
    refuseStatus(call.inputs);
    const was = status(call.old.inputs) ?? "";
    if (status(call.inputs) === "Disabled" && was !== "Disabled")
      throw malformed(`versioning_configuration.status cannot be updated from '${was}' to 'Disabled'`);
    refuseUnlocking(call);
  },
});

function refuseStatus(inputs: Properties): void {
  if (!["Enabled", "Suspended", "Disabled"].includes(status(inputs) ?? ""))
    throw malformed(`versioning status must be Enabled, Suspended or Disabled, got "${status(inputs) ?? ""}"`);
}

function refuseUnlocking(call: Call): void {
  if (isLocked(call) && status(call.inputs) !== "Enabled")
    throw new AwsError(
      "InvalidBucketState",
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
      409,
    );
}

/** Write once, read many: the default retention of a bucket (rule J55). */
export const objectLock = setting(
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "Object Lock Configuration",
  {
    replaces: [...OWNED, "objectLockEnabled"],
    defaults: () => ({ objectLockEnabled: "Enabled" }),
    refuseCreate: (call) => {
      const versions = call.world.all(VERSIONING).find(({ inputs }) => inputs["bucket"] === call.inputs["bucket"]);
      if (!isLocked(call) && status(versions?.inputs ?? {}) !== "Enabled")
        throw new AwsError(
          "InvalidBucketState",
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
          409,
        );
      refuseRetention(call.inputs);
    },
    refuseUpdate: ({ inputs }) => {
      refuseRetention(inputs);
    },
    // Deleting the configuration only clears the default rule: the bucket stays locked.
    afterCreate: (call) => {
      call.world.amend(BUCKET, text(call.inputs, "bucket") ?? "", { objectLockEnabled: true });
    },
  },
);

function refuseRetention(inputs: Properties): void {
  const retention = objects(inputs, "rule.defaultRetention")[0];
  if (retention === undefined) return;
  const { days, years, mode } = retention;
  if ((days === undefined) === (years === undefined)) throw malformed("default retention needs either days or years");
  if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE")
    throw malformed("retention mode must be GOVERNANCE or COMPLIANCE");
}

/** When objects move to cheaper storage or expire. */
export const lifecycle = setting(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "Lifecycle Configuration",
  {
    minutes: { create: 0.5, update: 0.5, delete: 0.2 },
    defaults: () => ({ transitionDefaultMinimumObjectSize: "all_storage_classes_128K", expectedBucketOwner: "" }),
    refuseCreate: ({ inputs }) => {
      refuseRules(inputs);
    },
    refuseUpdate: ({ inputs }) => {
      refuseRules(inputs);
    },
  },
);

function refuseRules(inputs: Properties): void {
  const ids = objects(inputs, "rules").map((rule) => text(rule, "id"));
  // Wording not verified.
  if (new Set(ids).size < ids.length)
    throw new AwsError("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
  for (const rule of objects(inputs, "rules"))
    if (!["Enabled", "Disabled"].includes(text(rule, "status") ?? ""))
      throw malformed(`rule status must be Enabled or Disabled, got "${text(rule, "status") ?? ""}"`);
}
