import type { Behaviour, Call, Invoke } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { refuseUnusableKey } from "./encryption-key";
import { kept } from "./kept";
import { at, nameOf, present, text } from "./property";
import { publicParameter } from "./ssm-public";

const PARAMETER = "aws:ssm/parameter:Parameter";
const DOCUMENT = "aws:ssm/document:Document";

const parameter: Behaviour = {
  token: PARAMETER,
  service: "SSM",
  words: "SSM Parameter",
  replaces: ["name", "dataType"],
  autoName: { property: "name" },
  minutes: { create: 0.02, update: 0.02, delete: 0.02 },
  defaults: ({ inputs }) => ({
    allowedPattern: "",
    dataType: "text",
    description: "",
    insecureValue: inputs["type"] === "SecureString" ? undefined : (inputs["value"] ?? ""),
    keyId: inputs["type"] === "SecureString" ? "alias/aws/ssm" : "",
    tier: "Standard",
    value: inputs["insecureValue"] ?? "",
  }),
  refuseCreate: (call) => {
    refuseValue(call);
    // An overwriting create takes over what is there.
    if (call.inputs["overwrite"] !== true && call.world.find(PARAMETER, nameOf(call)))
      throw new AwsError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
  },
  refuseUpdate: refuseValue,
  id: (call) => nameOf(call),
  outputs: ({ world, inputs, ...call }, id) => ({
    arn: regionalArn(world, "ssm", `parameter/${id.replace(/^\//, "")}`),
    hasValueWo: inputs["valueWo"] !== undefined,
    version: nextVersion({ world, inputs, ...call }, PARAMETER, id, "version"),
  }),
};

function refuseValue({ world, inputs }: Call): void {
  const type = text(inputs, "type") ?? "";
  if (!["String", "StringList", "SecureString"].includes(type))
    throw new AwsError("UnsupportedParameterType", `The parameter type "${type}" isn't supported.`); // wording not verified
  if (present(inputs, "value", "insecureValue", "valueWo") !== 1)
    throw new AwsError("ValidationException", "one of value, insecureValue, valueWo must be specified"); // the provider's
  const value = text(inputs, "value") ?? text(inputs, "insecureValue") ?? "";
  const [limit, hint] =
    inputs["tier"] === "Advanced"
      ? [8192, ""]
      : [4096, " To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."];
  if (inputs["tier"] !== "Intelligent-Tiering" && Buffer.byteLength(value) > limit)
    // Wording not verified.
    throw new AwsError(
      "ValidationException",
      `Standard tier parameters support a maximum parameter value of ${limit} characters.${hint}`,
    );
  if (type === "SecureString")
    // Code from the API reference, wording not verified.
    refuseUnusableKey(world, text(inputs, "keyId"), (key) => new AwsError("InvalidKeyId", `Invalid keyId ${key}`));
}

/** Every write is a new version; asking for the outputs of a write happens once for each. */
function nextVersion({ world }: Call, token: string, id: string, property: string): number {
  const last = kept(world, token, id, property, 0);
  return typeof last === "number" ? last + 1 : 1;
}

const document: Behaviour = {
  token: DOCUMENT,
  service: "SSM",
  words: "SSM Document",
  replaces: ["name"],
  autoName: { property: "name" },
  minutes: { create: 0.1, update: 0.1, delete: 0.05 },
  defaults: () => ({ documentFormat: "JSON", targetType: "", versionName: "" }),
  refuseCreate: (call) => {
    const name = nameOf(call);
    if (!/^[A-Za-z0-9_.-]{3,128}$/.test(name))
      throw new AwsError("ValidationException", `document name "${name}" must have 3 to 128 letters, digits, _ - or .`);
    if (call.world.find(DOCUMENT, name)) throw new AwsError("DocumentAlreadyExists", "Document with same name exists"); // wording not verified
    refuseContent(call);
  },
  refuseUpdate: refuseContent,
  id: (call) => nameOf(call),
  outputs: (call, id) => {
    const { world, inputs } = call;
    const version = String(Number(kept(world, DOCUMENT, id, "latestVersion", "0")) + 1);
    return {
      arn: regionalArn(world, "ssm", `document/${id}`),
      createdDate: kept(world, DOCUMENT, id, "createdDate", world.now()),
      // New content becomes the default version at once.
      defaultVersion: version,
      description: text(content(inputs["content"]), "description") ?? "",
      documentVersion: version,
      hash: world.hex(64, `content ${version}`),
      hashType: "Sha256",
      latestVersion: version,
      owner: world.accountId,
      parameters: [],
      platformTypes: ["Windows", "Linux", "MacOS"],
      schemaVersion: text(content(inputs["content"]), "schemaVersion") ?? "",
      status: "Active",
    };
  },
};

function refuseContent({ inputs }: Call): void {
  const isJson = (inputs["documentFormat"] ?? "JSON") === "JSON";
  if (isJson && at(content(inputs["content"]), "schemaVersion") === undefined)
    throw new AwsError("InvalidDocumentContent", "the content of a JSON document needs a schemaVersion"); // wording not verified
}

function content(json: unknown): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = typeof json === "string" ? JSON.parse(json) : undefined;
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const getParameter: Invoke = ({ name, withDecryption = true }, world) => {
  const wanted = typeof name === "string" ? name : "";
  const ours = world.find(PARAMETER, wanted)?.properties;
  const value = ours?.["value"] ?? ours?.["insecureValue"] ?? publicParameter(wanted, world);
  if (typeof value !== "string")
    throw new AwsError("ParameterNotFound", `couldn't find resource: SSM Parameter ${wanted}`);
  return {
    id: wanted,
    name: wanted,
    region: world.region,
    arn: ours?.["arn"] ?? `arn:aws:ssm:${world.region}::parameter${wanted}`,
    insecureValue: ours?.["type"] === "SecureString" ? "" : value,
    type: ours?.["type"] ?? "String",
    value,
    version: ours?.["version"] ?? 1,
    withDecryption,
  };
};

/** AWS Systems Manager: parameters and documents (Terraform provider source; rule J65). */
export const ssm: readonly Behaviour[] = [parameter, document];

/** What Systems Manager answers: our own parameters, and the images AWS publishes under `/aws/service`. */
export const ssmInvokes: Readonly<Record<string, Invoke>> = { "aws:ssm/getParameter:getParameter": getParameter };
