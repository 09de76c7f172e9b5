import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";

export const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");

/** What a key does about itself: it rotates, cannot vanish quickly, and works. */
export const settings: readonly Control[] = [
  resourceControl({
    id: "keys-rotation",
    title: "Every KMS key rotates by itself",
    severity: "high",
    why: "a key that never rotates stays useful to whoever copied a data key once",
    fix: "set `enableKeyRotation: true`",
    refs: { catalogue: "EKS-KMS-1", securityHub: ["KMS.4"], checkov: ["CKV_AWS_7"], trivy: ["AWS-0065"] },
    resource: KEY,
    *check(key) {
      if (key.enableKeyRotation !== true) yield { path: "enableKeyRotation", message: "the key never rotates" };
    },
    good: [{ enableKeyRotation: true }],
    bad: [{}, { enableKeyRotation: false }],
  }),

  resourceControl({
    id: "keys-rotation-period",
    title: "KMS keys rotate at least once a year",
    severity: "medium",
    why: "a rotation that comes every seven years is rotation on paper",
    fix: "leave `rotationPeriodInDays` unset (AWS rotates yearly) or set it to at most 365",
    refs: { catalogue: "EKS-KMS-1", securityHub: ["KMS.4"] },
    resource: KEY,
    *check(key) {
      const days = key.rotationPeriodInDays ?? 365;
      if (days > 365) yield { path: "rotationPeriodInDays", message: `the key rotates only every ${days} days` };
    },
    good: [{}, { rotationPeriodInDays: 90 }, { rotationPeriodInDays: 365 }],
    bad: [{ rotationPeriodInDays: 366 }],
  }),

  resourceControl({
    id: "keys-deletion-window",
    title: "A deleted KMS key can be brought back for thirty days",
    severity: "high",
    why: "everything the key encrypted is lost for good when the window ends; seven days pass over one holiday",
    fix: "set `deletionWindowInDays: 30`",
    refs: { catalogue: "EKS-KMS-2", securityHub: ["KMS.3"] },
    resource: KEY,
    *check(key) {
      const days = key.deletionWindowInDays;
      if (days === undefined)
        yield { path: "deletionWindowInDays", message: "nobody decided how long a deleted key can be brought back" };
      else if (days < 30) yield { path: "deletionWindowInDays", message: `a deleted key is gone after ${days} days` };
    },
    good: [{ deletionWindowInDays: 30 }],
    bad: [{}, { deletionWindowInDays: 7 }],
  }),

  resourceControl({
    id: "keys-enabled",
    title: "Every KMS key is enabled",
    severity: "high",
    why: "what is encrypted under a disabled key cannot be read: for the cluster's key that is an outage",
    fix: "leave `isEnabled` unset",
    refs: { catalogue: "EKS-ENC-2", checkov: ["CKV_AWS_227"] },
    resource: KEY,
    *check(key) {
      if (key.isEnabled === false) yield { path: "isEnabled", message: "the key is disabled" };
    },
    good: [{}, { isEnabled: true }],
    bad: [{ isEnabled: false }],
  }),

  resourceControl({
    id: "keys-lockout-check",
    title: "AWS checks that a key policy does not lock out its author",
    severity: "high",
    why: "a policy that admits nobody can be mended by nobody, AWS support included",
    fix: "leave `bypassPolicyLockoutSafetyCheck` unset",
    refs: { catalogue: "EKS-KMS-5" },
    resource: KEY,
    *check(key) {
      if (key.bypassPolicyLockoutSafetyCheck === true) {
        yield { path: "bypassPolicyLockoutSafetyCheck", message: "the lock-out check is switched off" };
      }
    },
    good: [{}, { bypassPolicyLockoutSafetyCheck: false }],
    bad: [{ bypassPolicyLockoutSafetyCheck: true }],
  }),

  inventoryControl({
    id: "keys-protected",
    title: "No `up` or `destroy` deletes a KMS key by accident",
    severity: "high",
    why: "the key's deletion is the deletion of everything it encrypts",
    fix: "make the key with `protect: true`",
    refs: { catalogue: "EKS-KMS-2" },
    about: [KEY],
    *check({ protect }) {
      if (!protect) yield "the key is not protected against deletion";
    },
    good: [[item(KEY, "secrets", {}, { protect: true })]],
    bad: [[item(KEY, "secrets", {})]],
  }),
];
