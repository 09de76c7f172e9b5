import type { Identity } from "../../twin/iam/caller";
import { ACCOUNT, REGION } from "../layers/blueprints";

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** A role of the account whose IAM policies allow everything: then the key policy alone decides. */
export const role = (name: string, account = ACCOUNT): Identity => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  policies: [EVERYTHING],
});

/** The same role while IAM gives it nothing. */
export const withoutIam = ({ arn }: Identity): Identity => ({ arn });

/** A service-linked role, which has no KMS permission of its own. */
export const linked = (service: string, name: string): Identity =>
  withoutIam(role(`aws-service-role/${service}.amazonaws.com/${name}`));

export const administrator = role("platform-admin");
export const breakGlass = role("bulwark-production-break-glass");
export const root: Identity = { arn: `arn:aws:iam::${ACCOUNT}:root` };
export const developer = role("developer");
/** A role of the administrator's name, in somebody else's account. */
export const stranger = role("platform-admin", "444455556666");
export const autoScaling = linked("autoscaling", "AWSServiceRoleForAutoScaling");
/** The control plane's role: AmazonEKSClusterPolicy alone gives it no use of a key. */
export const controlPlane = withoutIam(role("bulwark-production-cluster"));

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
