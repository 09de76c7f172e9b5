import type { Caller } from "./behaviour";

/** Who calls when nobody says so: an administrator's role, as a pipeline assumes it. */
export const administrator = (accountId: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/platform-admin/rehearsal`;

/**
 * Reads the ARN of a caller. The ARN of a session leaves out the path of its role, so a role with a path cannot be told
 * from one without (IAM user guide, "IAM identifiers").
 */
export function callerOf(arn: string): Caller {
  const [, account, role] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  if (account !== undefined && role !== undefined) return { arn, principal: `arn:aws:iam::${account}:role/${role}` };
  if (/^arn:aws:iam::\d{12}:(user\/.+|root)$/.test(arn)) return { arn, principal: arn };
  const sample = administrator("111122223333");
  throw new Error(`caller must be the ARN of a session, a user or the root user, got "${arn}"; write ${sample}`);
}
