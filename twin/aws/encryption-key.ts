import type { Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { text } from "./property";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";

/** The KMS key that a service was told to use, by key id, key ARN, alias name or alias ARN. */
export function keyNamed(world: World, name: string): Stored | undefined {
  const short = name.replace(/^arn:aws:kms:[^:]*:[^:]*:(key\/)?/, "");
  if (!short.startsWith("alias/")) return world.find(KEY, short);
  const target = world.findBy(ALIAS, "name", short)?.properties["targetKeyId"];
  return typeof target === "string" ? keyNamed(world, target) : undefined;
}

/**
 * Refuses a KMS key that a service cannot use at the moment of the call: one that does not exist (the service's own error)
 * or one that waits for its deletion or is disabled (KMS's error, passed on).
 */
export function refuseUnusableKey(world: World, name: string | undefined, missing: (name: string) => AwsError): void {
  // AWS-managed keys (`alias/aws/…`) always exist; keys of other accounts are out of sight.
  if (name === undefined || name.includes("alias/aws/")) return;
  const account = /^arn:aws:kms:[^:]*:(\d+):/.exec(name)?.[1];
  if (account !== undefined && account !== world.accountId) return;
  const key = keyNamed(world, name);
  if (key === undefined) throw missing(name);
  const arn = text(key.properties, "arn") ?? name;
  if (key.status === "PENDING_DELETION") throw new AwsError("KMSInvalidStateException", `${arn} is pending deletion.`);
  if (key.properties["isEnabled"] === false) throw new AwsError("DisabledException", `${arn} is disabled.`);
}
