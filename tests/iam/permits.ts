import type { Context } from "../../twin/iam/context";
import { decide } from "../../twin/iam/evaluate";

/** Whether one policy lets a role of the account do something to a resource, whoever the resource belongs to. */
export function permits(policy: string, action: string, arn: string, context: Context = {}): boolean {
  const caller = { arn: "arn:aws:iam::111122223333:role/a", policies: [policy] };
  return decide({ caller, action, resource: { arn, account: "111122223333" }, context }) === "allowed";
}
