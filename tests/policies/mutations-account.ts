import { GONE, type Mutation, statement } from "./mutation";

/** What is flipped in the account stack. */
export const account: readonly Mutation[] = [
  ["EncryptionByDefault main", "enabled", false, ["account-ebs-encryption"]],
  ["DefaultKmsKey main", "", GONE, ["account-ebs-own-key"]],
  ["InstanceMetadataDefaults main", "httpTokens", "optional", ["account-instance-metadata"]],
  ["InstanceMetadataDefaults main", "httpTokens", GONE, ["account-instance-metadata"]],
  ["InstanceMetadataDefaults main", "httpPutResponseHopLimit", 2, ["account-metadata-hops"]],
  ["InstanceMetadataDefaults main", "httpPutResponseHopLimit", GONE, ["account-metadata-hops"]],
  ["ImageBlockPublicAccess main", "state", "unblocked", ["account-image-block-public-access"]],
  ["aws aws", "allowedAccountIds", '["111122223333","444455556666"]', ["account-provider-pinned"]],
  ["aws aws", "defaultTags", GONE, ["account-default-tags"]],
];

/** What is flipped in the stack of the states' bucket. */
export const state: readonly Mutation[] = [
  ["BucketPublicAccessBlock main-state", "blockPublicAcls", false, ["bucket-public-access-block"]],
  ["BucketPublicAccessBlock main-state", "restrictPublicBuckets", GONE, ["bucket-public-access-block"]],
  ["BucketPublicAccessBlock main-logs", "", GONE, ["bucket-public-access-block"]],
  ["BucketVersioning main-state", "versioningConfiguration.status", "Suspended", ["bucket-versioned"]],
  ["BucketPolicy main-state", "", GONE, ["bucket-tls-only"]],
  ["BucketPolicy main-logs", "policy", statement("TlsOnly", { Effect: "Allow" }), ["bucket-tls-only"]],
  ["BucketServerSideEncryptionConfiguration main-state", "", GONE, ["bucket-encrypted"]],
  [
    "BucketServerSideEncryptionConfiguration main-state",
    "rules",
    [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    ["bucket-encrypted"],
  ],
  ["Bucket main-state", "protect", false, ["bucket-kept"]],
  ["Bucket main-state", "forceDestroy", true, ["bucket-kept"]],
];
