import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { keyNamed, refuseUnusableKey } from "../encryption-key";
import { admitsService, readPolicy, statementsOf } from "../iam/document";
import { policyOf } from "../kms/policy";
import { objects, text } from "../property";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const RESOURCE_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** Days CloudWatch Logs keeps events; zero is for ever (CloudWatch Logs API reference, PutRetentionPolicy). */
const RETENTION = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const arnOf = ({ world, inputs }: Call): string =>
  regionalArn(world, "logs", `log-group:${text(inputs, "name") ?? ""}`);

/** A log group: without a word about it, it has no key and never forgets. */
export const logGroup: Behaviour = {
  token: GROUP,
  service: "CloudWatch Logs",
  words: "CloudWatch Logs Log Group",
  replaces: ["name", "namePrefix", "logGroupClass"],
  autoName: { property: "name" },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({
    retentionInDays: 0,
    logGroupClass: "STANDARD",
    deletionProtectionEnabled: false,
    skipDestroy: false,
  }),
  refuseCreate: (call) => {
    const name = text(call.inputs, "name") ?? "";
    if (!/^[\w./#-]{1,512}$/.test(name))
      throw invalid(`1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint`);
    if (call.world.find(GROUP, name) !== undefined)
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    refuseSettings(call);
  },
  refuseUpdate: refuseSettings,
  refuseDelete: ({ stored }) => {
    if (stored.properties["deletionProtectionEnabled"] === true)
      throw new AwsError("ValidationException", `Log group ${stored.id} has deletion protection enabled`); // code and wording not verified
  },
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: (call) => ({
    arn: arnOf(call),
    // Log groups of class DELIVERY keep two days, whatever is asked for.
    ...(call.inputs["logGroupClass"] === "DELIVERY" && { retentionInDays: 2 }),
  }),
};

function refuseSettings(call: Call): void {
  const { world, inputs } = call;
  const days = inputs["retentionInDays"];
  if (typeof days === "number" && !RETENTION.includes(days))
    throw invalid(`expected retention_in_days to be one of [${RETENTION.join(" ")}], got ${days}`);
  const kind = text(inputs, "logGroupClass") ?? "STANDARD";
  if (!["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"].includes(kind)) throw invalid(`unknown log group class ${kind}`);
  const key = text(inputs, "kmsKeyId");
  if (key === undefined) return;
  if (!key.startsWith("arn:")) throw invalid(`The specified KMS Key Id could not be found. '${key}'`);
  const denied = new AwsError(
    "AccessDeniedException",
    `The specified KMS key does not exist or is not allowed to be used with Arn '${arnOf(call)}'`,
  );
  refuseUnusableKey(world, key, () => denied);
  const found = keyNamed(world, key);
  if (found !== undefined && !admitsLogs(call, policyOf(found.properties))) throw denied;
}

/** Logs uses the key itself, so the key policy must name it (CloudWatch Logs user guide, "Encrypt log data using KMS"). */
function admitsLogs(call: Call, policy: string | undefined): boolean {
  const { world } = call;
  const context = {
    "kms:EncryptionContext:aws:logs:arn": arnOf(call),
    "aws:SourceArn": arnOf(call),
    "aws:SourceAccount": world.accountId,
    "aws:RequestedRegion": world.region,
  };
  const statements = statementsOf(policy);
  return ["kms:GenerateDataKey", "kms:Decrypt"].every((action) =>
    admitsService(statements, `logs.${world.region}.amazonaws.com`, action, context),
  );
}

/** A number drawn from log events. */
export const logMetricFilter: Behaviour = {
  token: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  service: "CloudWatch Logs",
  words: "CloudWatch Logs Metric Filter",
  replaces: ["name", "logGroupName"],
  required: [
    "logGroupName",
    "metricTransformation.name",
    "metricTransformation.namespace",
    "metricTransformation.value",
  ],
  autoName: { property: "name" },
  references: [
    {
      path: "logGroupName",
      to: GROUP,
      missing: () => new AwsError("ResourceNotFoundException", "The specified log group does not exist."),
    },
  ],
  refuseCreate: refusePattern,
  refuseUpdate: refusePattern,
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: () => ({}),
};

function refusePattern({ inputs }: Call): void {
  if ((text(inputs, "pattern") ?? "").length > 1024)
    throw invalid("expected length of pattern to be in the range (0 - 1024)");
  if (objects(inputs, "metricTransformation").length !== 1) throw invalid("A metric filter has one transformation");
}

/** Who may write into the log groups of a region, or into one. */
export const logResourcePolicy: Behaviour = {
  token: RESOURCE_POLICY,
  service: "CloudWatch Logs",
  words: "CloudWatch Logs Resource Policy",
  replaces: ["policyName", "resourceArn"],
  required: ["policyDocument"],
  refuseCreate: (call) => {
    const { policyName, resourceArn } = call.inputs;
    if ((policyName === undefined) === (resourceArn === undefined))
      throw invalid("exactly one of policyName, resourceArn");
    if (call.world.all(RESOURCE_POLICY).length >= 10)
      // not verified
      throw new AwsError("LimitExceededException", "Resource limit exceeded.");
    refuseResourcePolicy(call);
  },
  refuseUpdate: refuseResourcePolicy,
  id: ({ inputs }) => text(inputs, "policyName") ?? text(inputs, "resourceArn") ?? "",
  outputs: ({ world, inputs }) => ({
    policyScope: inputs["resourceArn"] === undefined ? "ACCOUNT" : "RESOURCE",
    revisionId: inputs["resourceArn"] === undefined ? "" : world.hex(32, text(inputs, "policyDocument") ?? ""),
  }),
};

function refuseResourcePolicy({ inputs }: Call): void {
  const reading = readPolicy(inputs["policyDocument"]);
  if ("wrong" in reading) throw invalid(`Invalid policy: ${reading.wrong}`);
}

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
