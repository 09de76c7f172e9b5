import { createHash } from "node:crypto";

/** Lower-case hex digits that are always the same for the same seed, and look random. */
export function hex(digits: number, seed: string): string {
  let text = "";
  for (let block = 0; text.length < digits; block += 1) {
    text += createHash("sha256").update(`${block}|${seed}`).digest("hex");
  }
  return text.slice(0, digits);
}

/** A version-4-shaped UUID that is always the same for the same seed. */
export function uuid(seed: string): string {
  const text = hex(32, seed);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `a${text.slice(17, 20)}`,
    text.slice(20, 32),
  ].join("-");
}
