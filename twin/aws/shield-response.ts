import type { Behaviour } from "../behaviour";
import { AwsError } from "../error";
import { managedPolicies, roleByArn, trusts } from "./iam/trust";
import { objects, text } from "./property";
import { invalid, shieldType } from "./shield-type";

const drtAccessRoleArnAssociation = shieldType("drtAccessRoleArnAssociation", "DRT Access Role ARN Association", {
  replaces: [],
  required: ["roleArn"],
  refuseCreate: ({ world, inputs }) => {
    const role = roleByArn(world, text(inputs, "roleArn") ?? "");
    if (role === undefined || !trusts(role, "drt.shield.amazonaws.com"))
      throw invalid("The role does not exist or does not trust drt.shield.amazonaws.com"); // wording not verified
    // "You must attach the AWSShieldDRTAccessPolicy managed policy to this role" (Shield API, AssociateDRTRole); code not verified.
    if (!managedPolicies(world, role).includes("arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy"))
      throw invalid("The role does not have the AWSShieldDRTAccessPolicy attached");
  },
  id: ({ world }) => world.accountId,
  outputs: () => ({}),
});

/** Buckets with logs that the response team may read (Shield API, AssociateDRTLogBucket; developer guide, "ddos-srt-access"). */
const drtAccessLogBucketAssociation = shieldType("drtAccessLogBucketAssociation", "DRT Access Log Bucket Association", {
  replaces: ["logBucket", "roleArnAssociationId"], // not verified
  required: ["logBucket", "roleArnAssociationId"],
  references: [
    {
      path: "logBucket",
      to: "aws:s3/bucket:Bucket",
      missing: (name) => invalid(`The bucket '${name}' does not exist`), // wording not verified
    },
  ],
  refuseCreate: ({ world }) => {
    if (world.all("aws:shield/drtAccessRoleArnAssociation:DrtAccessRoleArnAssociation").length === 0)
      throw new AwsError("NoAssociatedRoleException", "The ARN of the role that you specified does not exist.");
    if (world.all("aws:shield/drtAccessLogBucketAssociation:DrtAccessLogBucketAssociation").length >= 10)
      throw new AwsError("LimitsExceededException", "At most 10 log buckets"); // wording not verified
  },
  id: ({ inputs }) => text(inputs, "logBucket") ?? "",
  outputs: () => ({}),
});

const proactiveEngagement = shieldType("proactiveEngagement", "Proactive Engagement", {
  replaces: [],
  required: ["enabled", "emergencyContacts"],
  refuseCreate: ({ inputs }) => {
    const contacts = objects(inputs, "emergencyContacts");
    if (contacts.length === 0 || contacts.length > 10) throw invalid("emergency_contact: one to ten contacts");
    // "You must provide at least one phone number" (Shield API, AssociateProactiveEngagementDetails); wording not verified.
    if (inputs["enabled"] === true && contacts.every((contact) => text(contact, "phoneNumber") === undefined))
      throw invalid("You must provide at least one phone number in the emergency contact list");
    const wrong = contacts.find((contact) => {
      const phone = text(contact, "phoneNumber");
      return phone !== undefined && !/^\+[1-9]\d{1,14}$/.test(phone);
    });
    if (wrong !== undefined)
      throw invalid(`phone_number must match ^\\+[1-9]\\d{1,14}$, got ${String(wrong["phoneNumber"])}`);
  },
  id: ({ world }) => world.accountId,
  outputs: () => ({}),
});

/** What the Shield Response Team is given. */
export const shieldResponse: readonly Behaviour[] = [
  drtAccessRoleArnAssociation,
  drtAccessLogBucketAssociation,
  proactiveEngagement,
];
