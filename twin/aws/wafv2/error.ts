import { AwsError } from "../../error";

/** The error of a request that names something WAF does not have. */
export function nonexistent(): AwsError {
  return new AwsError(
    "WAFNonexistentItemException",
    "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
  );
}

/** The error of a request whose values WAF does not take. */
export const invalid = (reason: string): AwsError =>
  new AwsError("WAFInvalidParameterException", `Error reason: ${reason}`);
