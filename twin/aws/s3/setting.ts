import type { Behaviour, Call, Reference } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { BUCKET, noSuchBucket } from "./bucket";

/** What replaces most settings of a bucket. */
export const OWNED = ["bucket", "expectedBucketOwner"];

/** The bucket that a setting belongs to. */
export const ofBucket: Reference = { path: "bucket", to: BUCKET, missing: noSuchBucket };

/** A setting of a bucket: its id is the bucket's name, and a second of the same kind silently writes over the first. */
export function setting(token: string, words: string, more: Partial<Behaviour>): Behaviour {
  return {
    token,
    service: "S3",
    words: `S3 Bucket ${words}`,
    replaces: OWNED,
    slot: ["bucket"],
    references: [ofBucket],
    minutes: { create: 0.05, update: 0.05, delete: 0.05 },
    id: ({ inputs }) => [text(inputs, "bucket"), text(inputs, "expectedBucketOwner")].filter(Boolean).join(","),
    outputs: () => ({}),
    ...more,
  };
}

/** The error of a request whose values S3 does not know. */
export const malformed = (message: string): AwsError => new AwsError("MalformedXML", message);

/** Whether the bucket of a setting has Object Lock, which nothing ever takes away. */
export const isLocked = ({ world, inputs }: Call): boolean =>
  world.find(BUCKET, text(inputs, "bucket") ?? "")?.properties["objectLockEnabled"] === true;
