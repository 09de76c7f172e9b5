import type { Behaviour, Call, DeleteCall, World } from "../../behaviour";
import { AwsError } from "../../error";
import { nameOf, text } from "../property";

/** The token of a bucket, which other services refer to. */
export const BUCKET = "aws:s3/bucket:Bucket";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

// Route 53 zones of S3's website endpoints (AWS General Reference, S3 endpoints); other regions get a stand-in.
const WEBSITE_ZONES: Readonly<Record<string, string>> = {
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "us-east-1": "Z3AQBSTGFYJSTF",
};

/** The error of every S3 call that names a bucket which is not there. */
export const noSuchBucket = (): AwsError => new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);

/** Records an object that an AWS service writes by itself: from then on the bucket is not empty. */
export function writeObject(world: World, bucket: string, key: string, note: string): void {
  world.makeBehindTheBack({ type: OBJECT, id: `${bucket}/${key}`, properties: { bucket, key }, note });
}

/** The policy of a bucket, or undefined when it has none. */
export function bucketPolicy(world: World, name: string): unknown {
  return world.find("aws:s3/bucketPolicy:BucketPolicy", name)?.properties["policy"];
}

/** An S3 bucket; its settings are resources of their own (Terraform provider, `aws_s3_bucket`). */
export const bucket: Behaviour = {
  token: BUCKET,
  service: "S3",
  words: "S3 Bucket",
  replaces: ["bucket", "bucketPrefix", "objectLockEnabled", "bucketNamespace"], // bucketNamespace: not verified
  autoName: { property: "bucket", transform: (name) => name.toLowerCase() },
  minutes: { create: 0.05, delete: 0.05 },
  defaults: ({ inputs }) => ({
    accelerationStatus: "",
    acl: "private",
    bucketNamespace: "global", // not verified
    corsRules: [],
    forceDestroy: false,
    grants: [],
    lifecycleRules: [],
    logging: null,
    objectLockConfiguration: null,
    objectLockEnabled: false,
    policy: "",
    replicationConfiguration: null,
    requestPayer: "BucketOwner",
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "" },
        bucketKeyEnabled: false,
      },
    },
    // Object Lock brings versioning with it.
    versioning: { enabled: inputs["objectLockEnabled"] === true, mfaDelete: false },
    website: null,
  }),
  refuseCreate: (call) => {
    const name = bucketName(call);
    if (!isValid(name)) throw new AwsError("InvalidBucketName", `The specified bucket is not valid. (${name})`);
    if (call.world.find(BUCKET, name))
      throw new AwsError(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409,
      );
    if (TAKEN.has(name))
      throw new AwsError(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
        409,
      );
  },
  refuseDelete: (call) => {
    if (call.stored.properties["forceDestroy"] !== true && objectsIn(call).length > 0)
      throw new AwsError(
        "BucketNotEmpty",
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        409,
      );
  },
  id: (call) => bucketName(call),
  outputs: ({ world }, id) => ({
    bucket: id,
    arn: `arn:aws:s3:::${id}`,
    bucketDomainName: `${id}.s3.amazonaws.com`,
    bucketRegion: world.region,
    bucketRegionalDomainName: `${id}.s3.${world.region}.amazonaws.com`,
    hostedZoneId: WEBSITE_ZONES[world.region] ?? `Z${world.hex(13, "zone").toUpperCase()}`,
    websiteDomain: "",
    websiteEndpoint: "",
  }),
  afterDelete: (call) => {
    for (const { id } of objectsIn(call)) call.world.takeAway(OBJECT, id);
    if (call.world.find(UNBLOCKED, call.stored.id)) call.world.takeAway(UNBLOCKED, call.stored.id);
  },
};

/**
 * Marks a bucket whose public access block was deleted: since April 2023 a new bucket is blocked without asking, so only
 * the removal has to be remembered.
 */
export const UNBLOCKED = "aws:s3/bucketPublicAccessBlock:removed";

// Bucket names are one namespace for all of AWS, so the shortest ones have been other people's for years.
const TAKEN: ReadonlySet<string> = new Set(["backup", "backups", "logs", "production", "test", "terraform", "pulumi"]);

function bucketName(call: Call): string {
  return nameOf(call, "bucket", "bucketPrefix");
}

/** S3 user guide, general purpose bucket naming rules. */
function isValid(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}

function objectsIn({ world, stored }: DeleteCall) {
  return world.all(OBJECT).filter(({ properties }) => text(properties, "bucket") === stored.id);
}
