import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const BUCKET = token<aws.s3.BucketArgs>("aws:s3/bucket:Bucket");

/** An example's bucket, and one resource that belongs to it. */
export function withPart(part: (links: { links: Record<string, Item[]> }) => Item): readonly Item[] {
  const one = item(BUCKET, "b", {}, { protect: true });
  return [one, part({ links: { bucket: [one] } })];
}
