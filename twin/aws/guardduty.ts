import type { Behaviour, Call } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { objects, text } from "./property";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

const FEATURES = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "EKS_RUNTIME_MONITORING",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
  "AI_PROTECTION",
  "AI_ANALYST",
];
const RUNTIME = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];
const AGENTS = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"];

const refusal = (why: string): AwsError =>
  new AwsError("BadRequestException", `The request is rejected because ${why}`);

const detector: Behaviour = {
  token: DETECTOR,
  service: "GuardDuty",
  words: "GuardDuty Detector",
  replaces: [],
  minutes: { create: 0.1, update: 0.1, delete: 0.2 },
  // A new detector turns most protection plans on by itself (not verified).
  defaults: () => ({
    datasources: {
      kubernetes: { auditLogs: { enable: true } },
      malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: { enable: true } } },
      s3Logs: { enable: true },
    },
    enable: true,
    findingPublishingFrequency: "SIX_HOURS",
  }),
  refuseCreate: (call) => {
    if (call.world.all(DETECTOR).length > 0) throw refusal("a detector already exists for the current account.");
    refuseFrequency(call);
  },
  refuseUpdate: refuseFrequency,
  id: ({ world }) => world.hex(32),
  outputs: ({ world }, id) => ({ accountId: world.accountId, arn: regionalArn(world, "guardduty", `detector/${id}`) }),
  // Features cannot be deleted, but they are nothing without their detector.
  afterDelete: ({ world, stored }) => {
    for (const { id, urn, properties } of world.all(FEATURE))
      if (urn === undefined && properties["detectorId"] === stored.id) world.takeAway(FEATURE, id);
  },
};

function refuseFrequency({ inputs }: Call): void {
  const frequency = text(inputs, "findingPublishingFrequency") ?? "SIX_HOURS";
  if (!["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"].includes(frequency))
    throw refusal(`an invalid or out-of-range value is specified as an input parameter: ${frequency}`); // not verified
}

const feature: Behaviour = {
  token: FEATURE,
  service: "GuardDuty",
  words: "GuardDuty Detector Feature",
  replaces: ["detectorId", "name", "additionalConfigurations.name"],
  required: ["name"],
  references: [
    {
      path: "detectorId",
      to: DETECTOR,
      missing: () => refusal("the input detectorId is not owned by the current account."),
    },
  ],
  minutes: { create: 0.1, update: 0.1 },
  onDelete: "keep",
  refuseCreate: refuseFeature,
  refuseUpdate: refuseFeature,
  id: ({ inputs }) => `${text(inputs, "detectorId") ?? ""}/${text(inputs, "name") ?? ""}`,
  outputs: () => ({}),
};

function refuseFeature({ world, inputs }: Call): void {
  const name = text(inputs, "name") ?? "";
  // Wordings not verified.
  if (!FEATURES.includes(name)) throw refusal(`the feature ${name} is not known.`);
  if (!["ENABLED", "DISABLED"].includes(text(inputs, "status") ?? "")) throw refusal("the status is not known.");
  const other = RUNTIME.includes(name) ? RUNTIME.find((one) => one !== name) : undefined;
  const runs =
    world.find(FEATURE, `${text(inputs, "detectorId") ?? ""}/${other ?? ""}`)?.inputs["status"] === "ENABLED";
  if (runs && inputs["status"] === "ENABLED")
    throw refusal("EKS_RUNTIME_MONITORING and RUNTIME_MONITORING cannot both be enabled.");
  for (const agent of objects(inputs, "additionalConfigurations"))
    if (other === undefined || !AGENTS.includes(text(agent, "name") ?? ""))
      throw refusal(`${name} does not have the additional configuration ${text(agent, "name") ?? ""}.`);
}

/** Amazon GuardDuty (Terraform provider source; rule J49). */
export const guardduty: readonly Behaviour[] = [detector, feature];
