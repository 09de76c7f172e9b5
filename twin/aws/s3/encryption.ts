import type { Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, text } from "../property";
import { malformed, setting } from "./setting";

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];

/** How new objects are encrypted; without it S3 uses its own AES-256 keys. */
export const encryption = setting(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "Server-side Encryption Configuration",
  {
    refuseCreate: ({ inputs }) => {
      refuseAlgorithm(inputs);
    },
    refuseUpdate: ({ inputs }) => {
      refuseAlgorithm(inputs);
    },
  },
);

function refuseAlgorithm(inputs: Properties): void {
  for (const rule of objects(inputs, "rules")) {
    const chosen = text(rule, "applyServerSideEncryptionByDefault.sseAlgorithm") ?? "AES256";
    if (!ALGORITHMS.includes(chosen))
      throw malformed(`sseAlgorithm must be one of ${ALGORITHMS.join(", ")}, got "${chosen}"`);
    if (chosen === "AES256" && text(rule, "applyServerSideEncryptionByDefault.kmsMasterKeyId"))
      // Wording not verified.
      throw new AwsError(
        "InvalidArgument",
        "a KMSMasterKeyID is not applicable if the default sse algorithm is AES256",
      );
  }
}
