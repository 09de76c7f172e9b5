import type { Behaviour } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { kept } from "./kept";
import { isTrusted } from "./policy-document";
import { nameOf, present, text } from "./property";

const PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan";

const invalid = (message: string): AwsError => new AwsError("InvalidParameterValueException", message);
const withUnderscores = (name: string): string => name.replace(/[^0-9A-Za-z_]/g, "_").slice(0, 50);

const plan: Behaviour = {
  token: PLAN,
  service: "Backup",
  words: "Restore Testing Plan",
  replaces: ["name"],
  autoName: { property: "name", transform: withUnderscores },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({ scheduleExpressionTimezone: "Etc/UTC", startWindowHours: 24 }), // 24: not verified
  refuseCreate: (call) => {
    const name = nameOf(call);
    if (!/^[0-9A-Za-z_]{1,50}$/.test(name))
      throw invalid(`restore testing plan name "${name}" has other characters than [0-9A-Za-z_]`);
    if (call.world.find(PLAN, name))
      throw new AwsError("AlreadyExistsException", `Restore testing plan ${name} already exists`);
    const algorithm = text(call.inputs, "recoveryPointSelection.algorithm") ?? "";
    if (!["LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"].includes(algorithm))
      throw invalid(`algorithm "${algorithm}"`);
  },
  id: (call) => nameOf(call),
  outputs: ({ world }, id) => ({
    arn: kept(world, PLAN, id, "arn", regionalArn(world, "backup", `restore-testing-plan:${id}-${world.uuid("arn")}`)),
  }),
};

const selection: Behaviour = {
  token: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  service: "Backup",
  words: "Restore Testing Selection",
  replaces: ["name", "protectedResourceType", "restoreTestingPlanName"],
  autoName: { property: "name", transform: withUnderscores },
  references: [
    {
      path: "restoreTestingPlanName",
      to: PLAN,
      missing: (name) => new AwsError("ResourceNotFoundException", `Restore testing plan ${name} does not exist`), // not verified
      held: () =>
        // Not verified.
        new AwsError("InvalidRequestException", "Related restore testing selections must be deleted before the plan"),
    },
  ],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({ protectedResourceArns: [], validationWindowHours: 0 }),
  refuseCreate: ({ world, inputs }) => {
    if (present(inputs, "protectedResourceArns", "protectedResourceConditions") !== 1)
      throw invalid("exactly one of protectedResourceArns, protectedResourceConditions must be given");
    const role = text(inputs, "iamRoleArn");
    if (!isTrusted(world, role, "backup.amazonaws.com"))
      throw invalid(`IAM Role ${role ?? ""} cannot be assumed by AWS Backup`);
  },
  id: (call) => `${nameOf(call)}:${text(call.inputs, "restoreTestingPlanName") ?? ""}`,
  outputs: () => ({}),
};

/** Regular proof that backups can be restored (Terraform provider source; AWS Backup, "Restore testing"). */
export const backupTests: readonly Behaviour[] = [plan, selection];
