import type { Behaviour, Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { ownership, policy, publicAccessBlock } from "./access";
import { bucket } from "./bucket";
import { encryption } from "./encryption";
import { logging } from "./logging";
import { lifecycle, objectLock, versioning } from "./retention";

/** Amazon S3: a bucket and the settings that are resources of their own (Terraform provider source; rules J53 to J55). */
export const s3: readonly Behaviour[] = [
  bucket,
  versioning,
  publicAccessBlock,
  encryption,
  lifecycle,
  policy,
  objectLock,
  ownership,
  logging,
];

/** What S3 answers to look-ups. */
export const s3Invokes: Readonly<Record<string, Invoke>> = {
  "aws:s3/getBucket:getBucket": (args, world) => {
    const name = text(args, "bucket") ?? "";
    const found = world.find(bucket.token, name);
    if (found === undefined) throw new AwsError("NotFound", `reading S3 Bucket (${name}): couldn't find resource`, 404);
    return { ...found.properties, id: found.id, bucket: name };
  },
};
