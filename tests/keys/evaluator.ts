import type { Caller } from "../../twin/iam/caller";
import type { Context } from "../../twin/iam/context";
import { decide } from "../../twin/iam/evaluate";
import { ACCOUNT, REGION } from "../layers/blueprints";

/** One call to KMS. */
export interface Call {
  readonly caller: Caller;
  readonly action: string;
  readonly context?: Context;
}

/** Whether a key under this policy lets a call through. */
export function allows(policy: string, { caller, action, context = {} }: Call): boolean {
  const resource = { arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`, policy };
  return decide({ caller, action, resource, context }) === "allowed";
}
