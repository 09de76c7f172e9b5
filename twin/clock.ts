import { setTimeout as sleep } from "node:timers/promises";

/**
 * Virtual time: an AWS minute lasts some milliseconds, so that calls made at the same time really meet states such as
 * CREATING, while a rehearsal of hours takes seconds.
 */
export class Clock {
  #now: number;

  constructor(
    startAt: string,
    /** Milliseconds an AWS minute takes. */
    private readonly timeScale: number,
  ) {
    this.#now = Date.parse(startAt);
  }

  /** The virtual time, RFC 3339 in whole seconds. It moves only by waiting. */
  now(): string {
    return new Date(this.#now).toISOString().replace(/\.\d+Z$/, "Z");
  }

  /** Moves on to a time read from elsewhere; never back. */
  catchUp(now: string): void {
    this.#now = Math.max(this.#now, Date.parse(now));
  }

  /** Waits so many AWS minutes. */
  async wait(minutes: number): Promise<void> {
    const due = this.#now + minutes * 60_000;
    await sleep(minutes * this.timeScale);
    this.#now = Math.max(this.#now, due);
  }
}
