import type { Behaviour, Call } from "../behaviour";
import { AwsError } from "../error";
import { ensureServiceLinkedRole } from "./iam/service-linked-role";
import { texts } from "./property";

const SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
const TYPES = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];

const enabler: Behaviour = {
  token: "aws:inspector2/enabler:Enabler",
  service: "Inspector2",
  words: "Inspector2 Enabler",
  replaces: [],
  minutes: { create: 3, update: 3, delete: 3 },
  refuseCreate: refuseTypes,
  refuseUpdate: refuseTypes,
  id: ({ inputs }) =>
    `${[...texts(inputs, "accountIds")].sort().join(":")}-${[...texts(inputs, "resourceTypes")].sort().join(":")}`,
  outputs: () => ({}),
  afterCreate: (call) => {
    ensureServiceLinkedRole(call.world, "inspector2.amazonaws.com");
    enhanceScanning(call);
  },
  afterUpdate: enhanceScanning,
};

function refuseTypes({ inputs }: Call): void {
  const unknown = texts(inputs, "resourceTypes").filter((type) => !TYPES.includes(type));
  if (unknown.length > 0 || texts(inputs, "resourceTypes").length === 0)
    throw new AwsError("ValidationException", `resourceTypes must be of ${TYPES.join(", ")}, got "${unknown.join()}"`);
  if (texts(inputs, "accountIds").some((account) => !/^\d{12}$/.test(account)))
    throw new AwsError("ValidationException", "accountIds must have twelve digits"); // wording not verified
}

/** Inspector scans images itself, so the registry's basic scanning turns into the enhanced one. */
function enhanceScanning({ world, inputs }: Call): void {
  if (texts(inputs, "resourceTypes").includes("ECR")) world.amend(SCANNING, world.accountId, { scanType: "ENHANCED" });
}

/** Amazon Inspector (Terraform provider source). */
export const inspector2: readonly Behaviour[] = [enabler];
