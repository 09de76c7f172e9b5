import type { Behaviour, Properties } from "./behaviour";
import type { AwsError } from "./error";
import { schema } from "./schema";

/** An error as the AWS provider shows it: the whole line a person reads. */
export class ProviderError extends Error {
  constructor(
    message: string,
    /** AWS's own code, for example `DependencyViolation`; absent for the provider's own refusals. */
    readonly code?: string,
    /** Set when the object exists although creating it failed: a waiter gave up. */
    readonly partial?: { readonly id: string; readonly properties: Properties },
  ) {
    super(message);
    this.name = "ProviderError";
  }
}

/** A call that AWS refused. */
export interface Refusal {
  readonly doing: "creating" | "updating" | "deleting" | "reading";
  readonly behaviour: Behaviour;
  /** The id or name that the provider puts in brackets. */
  readonly subject: string;
  readonly requestId: string;
  readonly partial?: { readonly id: string; readonly properties: Properties } | undefined;
}

const VERBS = { creating: "Create", updating: "Modify", deleting: "Delete", reading: "Describe" };

/** Words an AWS error as the provider does: what it was doing, the call, the status, the code and AWS's sentence. */
export function refused(error: AwsError, { doing, behaviour, subject, requestId, partial }: Refusal): ProviderError {
  const { service, words, token } = behaviour;
  // EC2 has no modelled errors, so the AWS SDK prints them as "api error".
  const code = service === "EC2" ? `api error ${error.code}` : error.code;
  const call = `${VERBS[doing]}${token.split(":")[2] ?? ""}`;
  const message =
    `sdk-v2/provider2.go:572: sdk.helper_schema: ${doing} ${words} (${subject}): ` +
    `operation error ${service}: ${call}, https response error StatusCode: ${error.status}, RequestID: ${requestId}, ` +
    `${code}: ${error.message}: provider=aws@${schema.version}`;
  return new ProviderError(message, error.code, partial);
}
