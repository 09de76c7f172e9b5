import { type Owner, type Statement, withIam } from "./statement";

/**
 * What administering a key takes and nothing that touches data. `kms:Create*` is absent because it holds CreateGrant,
 * by which an administrator could let themself decrypt; DisableKeyRotation, because nothing here ever needs it.
 */
export const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * Who may administer a key: the administrators, the break-glass role, and the account's root user, which cannot be
 * deleted and so is the last way back. Whoever runs the first `up` must be among `access.administrators`: KMS refuses
 * a policy under which its own author could not change it again (MalformedPolicyDocumentException), and the check is
 * never bypassed.
 *
 * @control keys-administration-separate
 * @control keys-administrable
 */
export function administration(owner: Owner): Statement {
  return {
    Sid: "Administration",
    Effect: "Allow",
    ...withIam(owner, [`arn:aws:iam::${owner.account}:root`, ...deployers(owner)]),
    Action: ADMINISTRATION,
    Resource: "*",
  };
}

/** Whose credentials AWS services borrow while `up` runs. */
export function deployers({ access }: Owner): readonly string[] {
  return [access.breakGlass, ...access.administrators];
}
