import type { Behaviour, Call, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { admits, isTrusted } from "./policy-document";
import { nameOf, present, text } from "./property";
import { BUCKET, bucketPolicy, writeObject } from "./s3/bucket";

const RECORDER = "aws:cfg/recorder:Recorder";
const CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel";
const STATUS = "aws:cfg/recorderStatus:RecorderStatus";
const PACK = "aws:cfg/conformancePack:ConformancePack";

const named = ({ inputs }: Call): string => text(inputs, "name") ?? "default";

const isRecording = (world: World): boolean => world.all(STATUS).some(({ inputs }) => inputs["isEnabled"] === true);

/** A Config resource of which a region has one, called `default` unless told otherwise. */
function single(token: string, words: string, more: Partial<Behaviour>): Behaviour {
  return {
    token,
    service: "Config Service",
    words: `ConfigService ${words}`,
    replaces: ["name"],
    minutes: { create: 0.1, update: 0.1, delete: 0.1 },
    id: named,
    outputs: (_, id) => ({ name: id }),
    ...more,
  };
}

const recorder = single(RECORDER, "Configuration Recorder", {
  defaults: () => ({
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: false, resourceTypes: [] },
    recordingMode: { recordingFrequency: "CONTINUOUS" },
  }),
  refuseCreate: (call) => {
    if (call.world.all(RECORDER).length > 0)
      throw new AwsError(
        "MaxNumberOfConfigurationRecordersExceededException",
        `Failed to put configuration recorder '${named(call)}' because the maximum number of configuration recorders: 1 is reached.`,
      );
    refuseRole(call);
  },
  refuseUpdate: refuseRole,
});

function refuseRole({ world, inputs }: Call): void {
  const role = text(inputs, "roleArn");
  // Code from the API reference, wording not verified.
  if (!isTrusted(world, role, "config.amazonaws.com"))
    throw new AwsError("InvalidRoleException", `AWS Config cannot assume the role ${role ?? ""}`);
}

const channel = single(CHANNEL, "Delivery Channel", {
  references: [
    {
      path: "s3BucketName",
      to: BUCKET,
      missing: (name) =>
        new AwsError("NoSuchBucketException", `Cannot find a S3 bucket with an empty bucket name or ${name}.`), // wording not verified
    },
  ],
  refuseCreate: (call) => {
    if (call.world.all(RECORDER).length === 0)
      throw new AwsError(
        "NoAvailableConfigurationRecorderException",
        "Configuration recorder is not available to put delivery channel.",
      );
    if (call.world.all(CHANNEL).length > 0)
      throw new AwsError(
        "MaxNumberOfDeliveryChannelsExceededException",
        `Failed to put delivery channel '${named(call)}' because the maximum number of delivery channels: 1 is reached.`,
      );
    refuseBucketPolicy(call);
  },
  refuseUpdate: refuseBucketPolicy,
  refuseDelete: ({ world, stored }) => {
    if (isRecording(world))
      throw new AwsError(
        "LastDeliveryChannelDeleteFailedException",
        `Failed to delete last specified delivery channel with name '${stored.id}', because there, because there is a running configuration recorder.`,
      );
  },
  afterCreate: ({ world, inputs }) => {
    const prefix = text(inputs, "s3KeyPrefix");
    const key = `${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${world.accountId}/Config/ConfigWritabilityCheckFile`;
    writeObject(
      world,
      text(inputs, "s3BucketName") ?? "",
      key,
      "AWS Config proves with this file that it may write here",
    );
  },
});

function refuseBucketPolicy({ world, inputs }: Call): void {
  const name = text(inputs, "s3BucketName") ?? "";
  if (!admits(bucketPolicy(world, name), "config.amazonaws.com", "s3:PutObject"))
    throw new AwsError(
      "InsufficientDeliveryPolicyException",
      `Insufficient delivery policy to s3 bucket: ${name}, unable to write to bucket.`,
    );
}

const status = single(STATUS, "Configuration Recorder Status", {
  replaces: [],
  required: ["name"],
  refuseCreate: refuseStart,
  refuseUpdate: refuseStart,
});

function refuseStart({ world, inputs }: Call): void {
  const name = text(inputs, "name") ?? "";
  if (!world.find(RECORDER, name))
    throw new AwsError(
      "NoSuchConfigurationRecorderException",
      `Cannot find configuration recorder with the specified name '${name}'.`, // wording not verified
    );
  if (inputs["isEnabled"] === true && world.all(CHANNEL).length === 0)
    throw new AwsError(
      "NoAvailableDeliveryChannelException",
      "Delivery channel is not available to start configuration recorder.",
    );
}

const conformancePack: Behaviour = {
  token: PACK,
  service: "Config Service",
  words: "ConfigService Conformance Pack",
  replaces: ["name"],
  autoName: { property: "name" },
  minutes: { create: 3, update: 3, delete: 3 },
  refuseCreate: (call) => {
    const name = nameOf(call);
    const { world, inputs } = call;
    // Codes and wordings of the four but the recorder's are not verified.
    if (!/^[A-Za-z][0-9A-Za-z-]{0,255}$/.test(name)) throw invalid(`conformance pack name "${name}" is not valid`);
    if (present(inputs, "templateBody", "templateS3Uri") === 0)
      throw invalid("templateBody or templateS3Uri is needed");
    if ((text(inputs, "templateBody") ?? "").length > 51200)
      throw invalid("templateBody has more than 51200 characters");
    if (world.find(PACK, name)) throw new AwsError("ResourceInUseException", `Conformance pack ${name} already exists`);
    if (!isRecording(world))
      throw new AwsError("NoAvailableConfigurationRecorderException", "There is no running configuration recorder.");
  },
  id: (call) => nameOf(call),
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "config", `conformance-pack/${id}/conformance-pack-${world.hex(9)}`),
  }),
};

const invalid = (message: string): AwsError => new AwsError("InvalidParameterValueException", message);

/** AWS Config (Terraform provider source; rule J51). */
export const config: readonly Behaviour[] = [recorder, channel, status, conformancePack];
