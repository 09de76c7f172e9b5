import type { Behaviour } from "../../behaviour";
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
