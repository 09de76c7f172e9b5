import type { Behaviour, Call, Properties, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { kept } from "./kept";
import { objects, text, texts } from "./property";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";

const bare = (name: string): string => name.replace(/\.$/, "").toLowerCase();

/** Whether the records that prove the ownership of a certificate's domains all exist in public zones. */
function isProven(world: World, certificate: Properties): boolean {
  return missingRecord(world, certificate) === undefined;
}

function missingRecord(world: World, certificate: Properties): Properties | undefined {
  const values = world
    .all(RECORD)
    .filter(
      ({ inputs }) =>
        objects(world.find("aws:route53/zone:Zone", text(inputs, "zoneId") ?? "")?.inputs ?? {}, "vpcs").length === 0,
    )
    .flatMap(({ properties }) =>
      texts(properties, "records").map((value) => `${bare(text(properties, "fqdn") ?? "")} ${bare(value)}`),
    );
  return objects(certificate, "domainValidationOptions").find(
    (option) =>
      !values.includes(`${bare(String(option["resourceRecordName"]))} ${bare(String(option["resourceRecordValue"]))}`),
  );
}

const certificate: Behaviour = {
  token: CERTIFICATE,
  service: "ACM",
  words: "ACM Certificate",
  replaces: [
    "domainName",
    "subjectAlternativeNames",
    "validationMethod",
    "validationOptions",
    "keyAlgorithm",
    "certificateAuthorityArn",
  ],
  minutes: { create: 0.1 },
  defaults: () => ({ keyAlgorithm: "RSA_2048" }),
  refuseCreate: ({ inputs }) => {
    if (
      inputs["domainName"] === undefined &&
      inputs["privateKey"] === undefined &&
      inputs["privateKeyWo"] === undefined
    )
      throw new AwsError("ValidationException", "one of domain_name, private_key must be specified");
    const method = text(inputs, "validationMethod");
    if (method !== undefined && method !== "DNS" && method !== "EMAIL")
      throw new AwsError("ValidationException", `expected validation_method to be one of [DNS EMAIL], got ${method}`);
  },
  refuseDelete: ({ world, stored }) => {
    const users = ["aws:lb/listener:Listener", "aws:lb/listenerCertificate:ListenerCertificate"];
    if (users.some((token) => world.all(token).some(({ inputs }) => inputs["certificateArn"] === stored.id)))
      throw new AwsError("ResourceInUseException", `Certificate ${stored.id} in use.`);
  },
  id: ({ world }) => regionalArn(world, "acm", `certificate/${world.uuid()}`),
  outputs: (call, id) => {
    const { world, inputs } = call;
    const imported = inputs["domainName"] === undefined;
    const options = text(inputs, "validationMethod") === "DNS" ? validationOptions(call) : [];
    return {
      arn: id,
      domainValidationOptions: options,
      // A certificate always names its own domain among the alternatives.
      subjectAlternativeNames: [
        ...new Set([...texts(inputs, "domainName"), ...texts(inputs, "subjectAlternativeNames")]),
      ],
      notAfter: kept(world, CERTIFICATE, id, "notAfter", ""),
      notBefore: kept(world, CERTIFICATE, id, "notBefore", ""),
      options: inputs["options"] ?? { certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" },
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      status: imported ? "ISSUED" : kept(world, CERTIFICATE, id, "status", "PENDING_VALIDATION"),
      type: imported ? "IMPORTED" : "AMAZON_ISSUED",
      validationEmails: [],
      validationMethod: inputs["validationMethod"] ?? "NONE",
    };
  },
};

/** One record a domain; a wildcard and its apex share one. */
function validationOptions({ world, inputs }: Call): readonly Properties[] {
  const names = [...new Set([...texts(inputs, "domainName"), ...texts(inputs, "subjectAlternativeNames")])];
  return names.map((domainName) => {
    const apex = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${world.hex(32, `name ${apex}`)}.${apex}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${world.hex(32, `value ${apex}`)}.${world.hex(10, "zone")}.acm-validations.aws.`,
    };
  });
}

/** No object of AWS: it waits until the certificate is issued, which takes all its records. */
const certificateValidation: Behaviour = {
  token: "aws:acm/certificateValidation:CertificateValidation",
  service: "ACM",
  words: "ACM Certificate Validation",
  replaces: ["certificateArn", "validationRecordFqdns"],
  required: ["certificateArn"],
  minutes: { create: 3 },
  references: [
    {
      path: "certificateArn",
      to: CERTIFICATE,
      missing: (arn) => new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`),
    },
  ],
  refuseCreate: ({ world, inputs }) => {
    const arn = text(inputs, "certificateArn") ?? "";
    const properties: Properties = world.find(CERTIFICATE, arn)?.properties ?? {};
    if (properties["type"] === "IMPORTED")
      throw new AwsError("ValidationException", `ACM Certificate (${arn}) has type IMPORTED, no validation necessary`);
    refuseMissingNames(
      objects(properties, "domainValidationOptions"),
      texts(inputs, "validationRecordFqdns").map(bare),
    );
    if (properties["status"] !== "ISSUED" && !isProven(world, properties))
      throw new AwsError(
        "RequestTimeout",
        "timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)",
      );
  },
  id: () => "0001-01-01 00:00:00 +0000 UTC",
  outputs: () => ({}),
  afterCreate: ({ world, inputs }) => {
    world.amend(CERTIFICATE, text(inputs, "certificateArn") ?? "", { status: "ISSUED", notBefore: world.now() });
  },
};

function refuseMissingNames(options: readonly Properties[], names: readonly string[]): void {
  if (names.length === 0) return;
  const missing = options.find((option) => !names.includes(bare(String(option["resourceRecordName"]))));
  if (missing === undefined) return;
  const record = `${String(missing["domainName"])} DNS validation record: ${bare(String(missing["resourceRecordName"]))}`;
  throw new AwsError("ValidationException", `missing ${record}`);
}

/** What of Certificate Manager the twin knows. */
export const acm: readonly Behaviour[] = [certificate, certificateValidation];
