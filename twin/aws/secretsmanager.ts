import type { Behaviour, Call, Properties, Reference } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { refuseUnusableKey } from "./encryption-key";
import { mayInvoke } from "./lambda";
import { isPublic, resourceStatements, unknownRoles } from "./policy-document";
import { nameOf, objects, present, text, texts } from "./property";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

const ofSecret = (path: string): Reference => ({
  path,
  to: SECRET,
  missing: () => new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
});

const secret: Behaviour = {
  token: SECRET,
  service: "Secrets Manager",
  words: "Secrets Manager Secret",
  replaces: ["name", "namePrefix"],
  autoName: { property: "name" },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  onDelete: "schedule",
  defaults: () => ({ forceOverwriteReplicaSecret: false, policy: "", recoveryWindowInDays: 30 }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const name = nameOf(call);
    if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name))
      // Wording not verified.
      throw new AwsError("ValidationException", `Invalid name "${name}". Must be 512 characters or fewer.`);
    const twin = world.all(SECRET).find(({ properties }) => properties["name"] === name);
    if (twin?.status === "PENDING_DELETION")
      throw new AwsError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    if (twin !== undefined)
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    refuseWindow(inputs);
  },
  refuseUpdate: ({ inputs }) => {
    refuseWindow(inputs);
  },
  id: (call) => regionalArn(call.world, "secretsmanager", `secret:${nameOf(call)}-${call.world.hex(6, "suffix")}`),
  outputs: (call, id) => ({ arn: id, name: nameOf(call) }),
  // A window of zero days deletes at once, without recovery.
  afterDelete: ({ world, stored }) => {
    if (stored.properties["recoveryWindowInDays"] === 0) world.takeAway(SECRET, stored.id);
  },
};

function refuseWindow(inputs: Properties): void {
  const days = inputs["recoveryWindowInDays"] ?? 30;
  if (typeof days === "number" && days !== 0 && (days < 7 || days > 30))
    // Wording not verified.
    throw new AwsError("InvalidParameterException", "The RecoveryWindowInDays value must be between 7 and 30 days.");
}

const policy: Behaviour = {
  token: "aws:secretsmanager/secretPolicy:SecretPolicy",
  service: "Secrets Manager",
  words: "Secrets Manager Secret Policy",
  replaces: ["secretArn"],
  references: [ofSecret("secretArn")],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  refuseCreate: refusePolicy,
  refuseUpdate: refusePolicy,
  id: ({ inputs }) => text(inputs, "secretArn") ?? "",
  outputs: () => ({}),
};

function refusePolicy({ world, inputs }: Call): void {
  const given = resourceStatements(inputs["policy"]);
  const malformed = "MalformedPolicyDocumentException";
  if (given === undefined) throw new AwsError(malformed, "This resource policy contains a syntax error."); // not verified
  if (unknownRoles(world, given).length > 0)
    throw new AwsError(malformed, "This resource policy contains an unsupported principal.");
  if (inputs["blockPublicPolicy"] === true && isPublic(inputs["policy"]))
    // Wording not verified.
    throw new AwsError("PublicPolicyException", "The resource policy grants broad access to the secret.");
}

const version: Behaviour = {
  token: VERSION,
  service: "Secrets Manager",
  words: "Secrets Manager Secret Version",
  replaces: ["secretId", "secretString", "secretBinary"],
  references: [ofSecret("secretId")],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({ versionStages: ["AWSCURRENT"] }),
  refuseCreate: ({ world, inputs }) => {
    if (present(inputs, "secretString", "secretBinary", "secretStringWo") !== 1)
      // Wording not verified.
      throw new AwsError("InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    const key = world.find(SECRET, text(inputs, "secretId") ?? "")?.inputs["kmsKeyId"];
    refuseUnusableKey(
      world,
      typeof key === "string" ? key : undefined,
      () =>
        // Code from the API reference, wording not verified.
        new AwsError(
          "EncryptionFailure",
          "Secrets Manager can't encrypt the protected secret text using the provided KMS key.",
        ),
    );
  },
  refuseUpdate: ({ old, inputs }) => {
    const stages = inputs["versionStages"];
    if (
      Array.isArray(stages) &&
      !stages.includes("AWSCURRENT") &&
      texts(old.properties, "versionStages").includes("AWSCURRENT")
    )
      throw new AwsError(
        "InvalidParameterException",
        "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
      );
  },
  id: ({ world, inputs }) => `${text(inputs, "secretId") ?? ""}|${world.uuid()}`,
  outputs: ({ inputs }, id) => ({
    arn: text(inputs, "secretId"),
    hasSecretStringWo: inputs["secretStringWo"] !== undefined,
    secretArn: text(inputs, "secretId"),
    versionId: id.slice(id.lastIndexOf("|") + 1),
  }),
  // The label moves: one version of a secret is the current one.
  afterCreate: ({ world, inputs }, id) => {
    for (const other of world.all(VERSION))
      if (other.id !== id && other.inputs["secretId"] === inputs["secretId"])
        world.amend(VERSION, other.id, { versionStages: ["AWSPREVIOUS"] });
  },
};

const rotation: Behaviour = {
  token: "aws:secretsmanager/secretRotation:SecretRotation",
  service: "Secrets Manager",
  words: "Secrets Manager Secret Rotation",
  replaces: ["secretId"],
  references: [ofSecret("secretId")],
  minutes: { create: 0.1, update: 0.1, delete: 0.05 },
  defaults: () => ({ rotateImmediately: true, rotationEnabled: true }),
  refuseCreate: refuseRotation,
  refuseUpdate: refuseRotation,
  id: ({ inputs }) => text(inputs, "secretId") ?? "",
  outputs: () => ({}),
};

function refuseRotation({ world, inputs }: Call): void {
  const rules = objects(inputs, "rotationRules")[0] ?? {};
  if (present(rules, "automaticallyAfterDays", "scheduleExpression") !== 1)
    // Wording not verified.
    throw new AwsError("InvalidParameterException", "Specify either AutomaticallyAfterDays or ScheduleExpression.");
  const days = rules["automaticallyAfterDays"];
  if (typeof days === "number" && (days < 1 || days > 1000))
    throw new AwsError("InvalidParameterException", "AutomaticallyAfterDays must be between 1 and 1000."); // not verified
  const rotator = text(inputs, "rotationLambdaArn");
  if (rotator === undefined) return;
  if (!mayInvoke(world, rotator, "secretsmanager.amazonaws.com"))
    throw new AwsError(
      "AccessDeniedException",
      "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
  if (!world.findBy(VERSION, "secretId", text(inputs, "secretId")))
    // Wording not verified.
    throw new AwsError("InvalidRequestException", "You can't rotate a secret that has no value.");
}

/** AWS Secrets Manager (Terraform provider source; rules J58 to J60). */
export const secretsmanager: readonly Behaviour[] = [secret, policy, version, rotation];
