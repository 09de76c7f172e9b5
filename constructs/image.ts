const DIGEST = /^[^\s@]+@sha256:[0-9a-f]{64}$/;

/**
 * Answers the image if it names exactly one content. A tag can be moved to another image after review; a digest cannot.
 *
 * @throws Error if the image is not pinned by a SHA-256 digest
 */
export function pinned(image: string): string {
  if (DIGEST.test(image)) return image;
  throw new Error(`image must be pinned by digest, got "${image}"; write name@sha256:<64 hex digits>`);
}
