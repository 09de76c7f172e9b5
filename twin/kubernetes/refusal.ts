/** What an API server answers when it refuses: its reason, as a status carries it, and its sentence. */
export class Refusal extends Error {
  constructor(
    /** For example `NotFound`, `AlreadyExists`, `Invalid`. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
