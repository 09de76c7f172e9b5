import type { Call } from "../../behaviour";
import { AwsError } from "../../error";
import { isPublic, resourceStatements, unknownRoles } from "../policy-document";
import { text } from "../property";
import { BUCKET, UNBLOCKED } from "./bucket";
import { malformed, setting } from "./setting";

const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** What keeps a bucket from becoming public by a policy or an ACL. */
export const publicAccessBlock = setting(BLOCK, "Public Access Block", {
  replaces: ["bucket"],
  // All false: an empty one takes away the block that AWS puts on every new bucket.
  defaults: () => ({
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
    skipDestroy: false,
  }),
  afterCreate: ({ world }, id) => {
    if (world.find(UNBLOCKED, id)) world.takeAway(UNBLOCKED, id);
  },
  afterDelete: ({ world, stored }) => {
    // With the bucket itself already gone there is nothing to remember.
    if (stored.inputs["skipDestroy"] === true || !world.find(BUCKET, stored.id)) return;
    const note = "deleting the public access block leaves the bucket without one";
    world.makeBehindTheBack({ type: UNBLOCKED, id: stored.id, properties: { bucket: stored.id }, note });
  },
});

/** Who may use a bucket; a public one is refused while the block stands (rule J53). */
export const policy = setting("aws:s3/bucketPolicy:BucketPolicy", "Policy", {
  replaces: ["bucket"],
  refuseCreate: refusePolicy,
  refuseUpdate: refusePolicy,
});

function refusePolicy(call: Call): void {
  const document = call.inputs["policy"];
  const given = resourceStatements(document);
  if (given === undefined)
    // Wording not verified.
    throw new AwsError("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
  if (unknownRoles(call.world, given).length > 0) throw new AwsError("MalformedPolicy", "Invalid principal in policy");
  if (isPublic(document) && blocksPublicPolicy(call))
    // Wording not verified beyond the last clause.
    throw new AwsError(
      "AccessDenied",
      `User is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${text(call.inputs, "bucket") ?? ""}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
      403,
    );
}

function blocksPublicPolicy({ world, inputs }: Call): boolean {
  const name = text(inputs, "bucket") ?? "";
  const block = world.find(BLOCK, name);
  return block === undefined ? !world.find(UNBLOCKED, name) : block.properties["blockPublicPolicy"] === true;
}

const OWNERSHIP = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

/** Whether ACLs count. */
export const ownership = setting("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "Ownership Controls", {
  replaces: ["bucket"],
  refuseCreate: ({ inputs }) => {
    if (!OWNERSHIP.includes(text(inputs, "rule.objectOwnership") ?? ""))
      throw malformed(`objectOwnership must be one of ${OWNERSHIP.join(", ")}`);
  },
});
