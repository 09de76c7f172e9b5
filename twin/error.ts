/** An error as an AWS service answers it: code, message and HTTP status. */
export class AwsError extends Error {
  constructor(
    /** For example `ResourceInUseException`, `InvalidSubnet.Conflict`. */
    readonly code: string,
    message: string,
    /** The HTTP status, 400 unless the service answers another. */
    readonly status = 400,
  ) {
    super(message);
    this.name = "AwsError";
  }
}
