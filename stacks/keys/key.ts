import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface KeyArgs {
  readonly description: string;
  /** The key policy: {@link ./policy}. */
  readonly policy: string;
  /** Without the leading `alias/`. */
  readonly alias: string;
}

/**
 * A customer-managed key as every layer wants it: rotated yearly, thirty days between a deletion and its effect, with
 * a policy of its own that KMS's lock-out check has passed, and an alias by which people find it. That the key is
 * enabled and checked is AWS's default and left so.
 *
 * @control keys-enabled
 * @control keys-lockout-check
 */
export function key(
  name: string,
  { description, policy, alias }: KeyArgs,
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const made = new aws.kms.Key(
    name,
    {
      description,
      /** @control keys-explicit-policy */
      policy,
      /** @control keys-rotation */
      enableKeyRotation: true,
      /** @control keys-rotation-period */
      rotationPeriodInDays: 365,
      /** @control keys-deletion-window */
      deletionWindowInDays: 30,
    },
    opts,
  );

  // An alias carries no data: losing it is repaired by the next `up`, while one that stayed behind would be in its way.
  new aws.kms.Alias(
    name,
    { name: `alias/${alias}`, targetKeyId: made.id },
    { ...opts, protect: false, retainOnDelete: false },
  );
  return made;
}
