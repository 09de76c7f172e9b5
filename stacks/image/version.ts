import { createHash } from "node:crypto";

/** Image Builder takes numbers up to 2^30-1 in each of the three places (API reference, CreateComponent). */
const PLACE = 2 ** 30;

/**
 * The version of something that Image Builder never changes once it is made. It follows from the content, so that other
 * content is another version and is made beside the old one, and the same content is the same. Nothing compares versions
 * by size: recipes and pipelines name them in full. `1.` leaves room to number differently one day.
 */
export function versionOf(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest();
  return `1.${hash.readUInt32BE(0) % PLACE}.${hash.readUInt32BE(4) % PLACE}`;
}
