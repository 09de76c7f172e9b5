import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "./control";

const EBS = token<aws.ebs.EncryptionByDefaultArgs>("aws:ebs/encryptionByDefault:EncryptionByDefault");
const EBS_KEY = token<aws.ebs.DefaultKmsKeyArgs>("aws:ebs/defaultKmsKey:DefaultKmsKey");
const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");
const METADATA = token<aws.ec2.InstanceMetadataDefaultsArgs>(
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
);
const IMAGES = token<aws.ec2.ImageBlockPublicAccessArgs>("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess");
const PROVIDER = token<aws.ProviderArgs>("pulumi:providers:aws");

/** What an account and region promise whatever is built in them. */
export const account: readonly Control[] = [
  resourceControl({
    id: "account-ebs-encryption",
    title: "New volumes are encrypted, whoever makes them",
    severity: "high",
    why: "a volume that somebody makes by hand is otherwise readable by whoever gets a copy of its snapshot",
    fix: "set `ebsEncryption` to `managed: here` in the account's blueprint",
    refs: { catalogue: "EKS-ENC-5", securityHub: ["EC2.7"], checkov: ["CKV_AWS_106"] },
    resource: EBS,
    *check(setting) {
      // The provider takes an absent value for true.
      if (setting.enabled === false) yield { path: "enabled", message: "new EBS volumes are not encrypted" };
    },
    good: [{ enabled: true }, {}],
    bad: [{ enabled: false }],
  }),

  inventoryControl({
    id: "account-ebs-own-key",
    title: "New volumes are encrypted with a key of our own",
    severity: "medium",
    why: "a volume under AWS's key cannot be shared, and nobody can refuse or trace its reading",
    fix: "register `aws.ebs.DefaultKmsKey` with the account's own key",
    refs: {},
    about: [EBS],
    *check(_setting, inventory) {
      const [first] = inventory.all(EBS_KEY);
      if (first === undefined) yield "no key of ours is the default of new volumes";
      else if (inventory.linked(first, "keyArn", KEY).length === 0)
        yield "the default key of new volumes is not of this stack";
    },
    good: [
      [
        item(EBS, "main", {}),
        item(EBS_KEY, "main", { keyArn: "k" }, { links: { keyArn: [item(KEY, "disks", {})] } }),
        item(KEY, "disks", {}),
      ],
    ],
    bad: [[item(EBS, "main", {})], [item(EBS, "main", {}), item(EBS_KEY, "main", { keyArn: "alias/aws/ebs" })]],
  }),

  resourceControl({
    id: "account-instance-metadata",
    title: "Instances hand out credentials only to a session token",
    severity: "high",
    why: "without the token any web page that can make the instance fetch a URL can fetch its credentials",
    fix: "set `instanceMetadata` to `managed: here` in the account's blueprint",
    refs: { catalogue: "EKS-NODE-3" },
    resource: METADATA,
    *check(metadata) {
      if (metadata.httpTokens !== "required")
        yield { path: "httpTokens", message: "instances answer metadata requests without a token" };
    },
    good: [{ httpTokens: "required" }],
    bad: [{}, { httpTokens: "optional" }, { httpTokens: "no-preference" }],
  }),

  resourceControl({
    id: "account-metadata-hops",
    title: "Instance metadata does not reach past the instance",
    severity: "high",
    why: "with two hops every pod on a node can become the node",
    fix: "set `httpPutResponseHopLimit: 1`",
    refs: {},
    resource: METADATA,
    *check({ httpPutResponseHopLimit: hops }) {
      if (hops !== 1)
        yield {
          path: "httpPutResponseHopLimit",
          message:
            hops === undefined
              ? "nobody decided how far instance metadata travels"
              : `instance metadata travels ${hops} hops`,
        };
    },
    good: [{ httpPutResponseHopLimit: 1 }],
    bad: [{}, { httpPutResponseHopLimit: 2 }, { httpPutResponseHopLimit: -1 }],
  }),

  resourceControl({
    id: "account-image-block-public-access",
    title: "No machine image can be made public",
    severity: "high",
    why: "an image holds whatever was on the disk, and one wrong call shares it with every AWS account",
    fix: "set `imageBlockPublicAccess` to `managed: here` in the account's blueprint",
    refs: { catalogue: "EKS-NODE-7" },
    resource: IMAGES,
    *check({ state }) {
      if (state !== "block-new-sharing")
        yield { path: "state", message: "machine images can be shared with everybody" };
    },
    good: [{ state: "block-new-sharing" }],
    bad: [{ state: "unblocked" }],
  }),

  resourceControl({
    id: "account-provider-pinned",
    title: "Resources are made only in the account they are meant for",
    severity: "critical",
    why: "whoever has another account's credentials in the shell would otherwise build, or destroy, there",
    fix: "give the provider exactly one account in `allowedAccountIds`",
    refs: {},
    resource: PROVIDER,
    *check({ allowedAccountIds }) {
      const accounts = listOf(allowedAccountIds);
      if (accounts.length === 0)
        yield { path: "allowedAccountIds", message: "the provider works in whatever account the credentials are for" };
      else if (accounts.length > 1)
        yield { path: "allowedAccountIds", message: `the provider works in any of ${accounts.length} accounts` };
    },
    good: [{ allowedAccountIds: ["111122223333"] }],
    bad: [{}, { allowedAccountIds: [] }, { allowedAccountIds: ["111122223333", "444455556666"] }],
  }),

  resourceControl({
    id: "account-default-tags",
    title: "Everything carries its owner and data classification",
    severity: "low",
    why: "at three in the night the tag is the only one who knows whom to call",
    fix: "set `owner` and `dataClassification` in the blueprint",
    refs: {},
    resource: PROVIDER,
    *check({ defaultTags }) {
      const tags = (typeof defaultTags === "string" ? JSON.parse(defaultTags) : defaultTags) as
        aws.types.input.ProviderDefaultTags | undefined;
      const named = Object.keys(tags?.tags ?? {});
      for (const tag of ["owner", "data-classification"]) {
        if (!named.includes(tag)) yield { path: "defaultTags", message: `resources carry no tag "${tag}"` };
      }
    },
    good: [{ defaultTags: { tags: { owner: "platform@example.com", "data-classification": "confidential" } } }],
    bad: [{}, { defaultTags: { tags: { owner: "platform@example.com" } } }],
  }),
];

// Providers get every input that is no string as JSON text.
function listOf(value: unknown): unknown[] {
  const list: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}
