import type { Behaviour, Call, Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { present, text } from "../property";

/**
 * What a region has once. Whatever id a program imports it by, a read answers what was set last or else what AWS begins
 * with, and whoever sets it writes over what others have set.
 */
const once = (token: string, first: Properties): Pick<Behaviour, OneOfARegion> => ({
  token,
  readsWithout: (world, id) => {
    const live = world.all(token)[0];
    return { id, properties: live === undefined ? first : live.properties };
  },
  afterCreate: (call, id) => {
    overwrite(call, token, id);
  },
  afterUpdate: (call) => {
    overwrite(call, token, call.old.id);
  },
  afterDelete: ({ world }) => {
    for (const other of world.all(token)) world.amend(token, other.id, first);
  },
});

type OneOfARegion = "token" | "readsWithout" | "afterCreate" | "afterUpdate" | "afterDelete";

function overwrite({ world, inputs }: Call, token: string, id: string): void {
  const written = world.find(token, id)?.properties ?? inputs;
  for (const other of world.all(token)) if (other.id !== id) world.amend(token, other.id, written);
}

const encryption: Behaviour = {
  service: "EC2",
  ...once("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }),
  words: "EC2 EBS Encryption by Default",
  replaces: [],
  defaults: () => ({ enabled: true }),
  // The provider gives it a random id of its own.
  id: ({ world }) => `terraform-${world.hex(26)}`,
  outputs: () => ({}),
};

const diskKey: Behaviour = {
  service: "EC2",
  token: "aws:ebs/defaultKmsKey:DefaultKmsKey",
  words: "EC2 EBS Default KMS Key",
  replaces: "all",
  slot: [],
  references: [
    {
      path: "keyArn",
      to: "aws:kms/key:Key",
      by: "arn",
      missing: (value) => new AwsError("InvalidKey.NotFound", `The KMS key '${value}' does not exist`), // text not verified
      unless: (value) => value.includes(":alias/"),
    },
  ],
  id: ({ inputs }) => text(inputs, "keyArn") ?? "",
  outputs: () => ({}),
};

const METADATA = ["httpEndpoint", "httpPutResponseHopLimit", "httpTokens", "instanceMetadataTags"];

const metadata: Behaviour = {
  service: "EC2",
  ...once("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", {}),
  words: "EC2 Instance Metadata Defaults",
  replaces: [],
  importable: false,
  refuseCreate: ({ inputs }) => {
    if (present(inputs, ...METADATA) > 0) return;
    throw new AwsError("MissingParameter", `at least one of ${METADATA.join(", ")} is needed`);
  },
  id: ({ world }) => world.accountId,
  outputs: () => ({}),
};

const images: Behaviour = {
  service: "EC2",
  ...once("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", { state: "unblocked" }),
  words: "EC2 Image Block Public Access",
  replaces: [],
  minutes: { create: 1, update: 1 },
  refuseCreate: ({ inputs }) => {
    const state = text(inputs, "state") ?? "";
    if (["block-new-sharing", "unblocked"].includes(state)) return;
    throw new AwsError("InvalidParameterValue", `Value (${state}) for parameter state is invalid.`);
  },
  id: ({ world }) => world.region,
  outputs: () => ({}),
  onDelete: "keep",
};

const MODES = ["off", "block-bidirectional", "block-ingress"];

const internetAccess: Behaviour = {
  service: "EC2",
  ...once("aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", { internetGatewayBlockMode: "off" }),
  words: "VPC Block Public Access Options",
  replaces: [],
  minutes: { create: 2, update: 2, delete: 2 },
  refuseCreate: ({ inputs }) => {
    const mode = text(inputs, "internetGatewayBlockMode") ?? "";
    if (MODES.includes(mode)) return;
    throw new AwsError("InvalidParameterValue", `Value (${mode}) for parameter internetGatewayBlockMode is invalid.`);
  },
  id: ({ world }) => world.region,
  outputs: ({ world }) => ({ awsAccountId: world.accountId, awsRegion: world.region }),
};

/** Settings that a region of an account has once: reset when deleted, except for the images' block, which stays. */
export const setting: readonly Behaviour[] = [encryption, diskKey, metadata, images, internetAccess];
