/** How a command ends, as `bulwark --help` explains it. */
export const EXIT = {
  /** Done, or nothing to do. */
  ok: 0,
  /** A control, the guard of protected resources or the leftover list said no. */
  refused: 1,
  /** The command line or a configuration file is wrong. */
  usage: 2,
  /** The engine, the provider or the cloud failed. */
  engine: 3,
} as const;

/** An end of a command that is not a defect of this program: what happened, what to do, and the exit code. */
export class Ending extends Error {
  constructor(
    message: string,
    readonly code: number,
    /** For machines: printed under `--json`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "Ending";
  }
}
