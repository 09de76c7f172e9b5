import type { Behaviour, Properties, World } from "../../behaviour";
import { AwsError } from "../../error";
import { present, text } from "../property";

/** The first-day state of a setting, whatever id a program imports it by. */
const fromTheFirstDay =
  (properties: Properties): Required<Pick<Behaviour, "readsWithout">>["readsWithout"] =>
  (_: World, id: string) => ({ id, properties });

const encryption: Behaviour = {
  service: "EC2",
  token: "aws:ebs/encryptionByDefault:EncryptionByDefault",
  words: "EC2 EBS Encryption by Default",
  replaces: [],
  defaults: () => ({ enabled: true }),
  // The provider gives it a random id of its own.
  id: ({ world }) => `terraform-${world.hex(26)}`,
  outputs: () => ({}),
  readsWithout: fromTheFirstDay({ enabled: false }),
};

const diskKey: Behaviour = {
  service: "EC2",
  token: "aws:ebs/defaultKmsKey:DefaultKmsKey",
  words: "EC2 EBS Default KMS Key",
  replaces: "all",
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
  token: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  words: "EC2 Instance Metadata Defaults",
  replaces: [],
  refuseCreate: ({ inputs }) => {
    if (present(inputs, ...METADATA) > 0) return;
    throw new AwsError("MissingParameter", `at least one of ${METADATA.join(", ")} is needed`);
  },
  id: ({ world }) => world.accountId,
  outputs: () => ({}),
  readsWithout: fromTheFirstDay({}),
};

const images: Behaviour = {
  service: "EC2",
  token: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
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
  readsWithout: fromTheFirstDay({ state: "unblocked" }),
};

const MODES = ["off", "block-bidirectional", "block-ingress"];

const internetAccess: Behaviour = {
  service: "EC2",
  token: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
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
  readsWithout: fromTheFirstDay({ internetGatewayBlockMode: "off" }),
};

/** Settings that a region of an account has once: reset when deleted, except for the images' block, which stays. */
export const setting: readonly Behaviour[] = [encryption, diskKey, metadata, images, internetAccess];
