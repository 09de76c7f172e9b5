import { AwsError } from "../../error";
import { BUCKET } from "./bucket";
import { ofBucket, setting } from "./setting";

/** Where the access log of a bucket goes. */
export const logging = setting("aws:s3/bucketLogging:BucketLogging", "Logging", {
  references: [
    ofBucket,
    {
      path: "targetBucket",
      to: BUCKET,
      missing: () =>
        // Code not verified.
        new AwsError("InvalidTargetBucketForLogging", "The target bucket for logging does not exist"),
    },
  ],
});
