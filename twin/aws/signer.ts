import type { Behaviour } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { nameOf, text } from "./property";

const PROFILE = "aws:signer/signingProfile:SigningProfile";

const PLATFORMS: Readonly<Record<string, string>> = {
  "AWSLambda-SHA384-ECDSA": "AWS Lambda",
  "Notation-OCI-SHA384-ECDSA": "Notation for Container Registries", // not verified
};

const profile: Behaviour = {
  token: PROFILE,
  service: "Signer",
  words: "Signer Signing Profile",
  replaces: ["name", "namePrefix", "platformId", "signatureValidityPeriod", "signingMaterial"],
  // A profile's name has no hyphens.
  autoName: { property: "name", transform: (name) => name.replace(/[^0-9A-Za-z_]/g, "_") },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  // Deleting cancels: signatures stay valid and the name is never free again.
  onDelete: "keep",
  defaults: () => ({ signatureValidityPeriod: { type: "MONTHS", value: 135 }, signingMaterial: null }), // 135: not verified
  refuseCreate: (call) => {
    const name = nameOf(call);
    // Wordings not verified.
    if (!/^[0-9A-Za-z_]{2,64}$/.test(name)) throw new AwsError("ValidationException", `"${name}" is no profile name`);
    if (!PLATFORMS[text(call.inputs, "platformId") ?? ""])
      throw new AwsError(
        "ResourceNotFoundException",
        `Signing platform not found: ${text(call.inputs, "platformId") ?? ""}`,
        404,
      );
    const twin = call.world.find(PROFILE, name);
    if (twin) throw new AwsError("ConflictException", `A profile with the name ${name} exists or was canceled`, 409);
  },
  id: (call) => nameOf(call),
  outputs: (call, id) => {
    const arn = regionalArn(call.world, "signer", `/signing-profiles/${id}`);
    const version = call.world.hex(10, "version");
    return {
      arn,
      name: id,
      platformDisplayName: PLATFORMS[text(call.inputs, "platformId") ?? ""],
      revocationRecords: [],
      status: "Active",
      version,
      versionArn: `${arn}/${version}`,
    };
  },
  afterDelete: ({ world, stored }) => {
    world.amend(PROFILE, stored.id, { status: "Canceled" });
  },
};

/** AWS Signer (Terraform provider source). */
export const signer: readonly Behaviour[] = [profile];
