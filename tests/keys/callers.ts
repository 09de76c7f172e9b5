import { ACCOUNT, REGION } from "../layers/blueprints";
import type { Caller } from "./evaluator";

/** A role of the account whose IAM policies allow every KMS action: then the key policy alone decides. */
export const role = (name: string, account = ACCOUNT): Caller => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  iamAllows: true,
});

/** A service-linked role, which has no KMS permission of its own. */
export const linked = (service: string, name: string): Caller => ({
  arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}.amazonaws.com/${name}`,
  iamAllows: false,
});

export const administrator = role("platform-admin");
export const breakGlass = role("bulwark-production-break-glass");
export const root: Caller = { arn: `arn:aws:iam::${ACCOUNT}:root`, iamAllows: true };
export const developer = role("developer");
/** A role of the administrator's name, in somebody else's account. */
export const stranger = role("platform-admin", "444455556666");
export const autoScaling = linked("autoscaling", "AWSServiceRoleForAutoScaling");
/** The control plane's role: AmazonEKSClusterPolicy alone gives it no use of a key. */
export const controlPlane: Caller = {
  arn: `arn:aws:iam::${ACCOUNT}:role/bulwark-production-cluster`,
  iamAllows: false,
};

/** The request came through this service, on the caller's behalf. */
export const via = (service: string, region = REGION) => ({ "kms:ViaService": `${service}.${region}.amazonaws.com` });

/** Everything that touches data or lets somebody else touch it. */
export const USES = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
] as const;
