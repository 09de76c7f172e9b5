import type { Behaviour, Call, DeleteCall, Reference, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { backupTests } from "./backup-testing";
import { refuseUnusableKey } from "./encryption-key";
import { isTrusted, resourceStatements } from "./policy-document";
import { nameOf, text } from "./property";

const VAULT = "aws:backup/vault:Vault";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const PLAN = "aws:backup/plan:Plan";

/** A backup that was taken; no Pulumi resource, but what keeps a vault from being deleted. */
const RECOVERY_POINT = "aws:backup/recoveryPoint:RecoveryPoint";

const invalid = (message: string): AwsError => new AwsError("InvalidParameterValueException", message);

const ofVault = (path: string): Reference => ({
  path,
  to: VAULT,
  // Wording not verified.
  missing: (name) => new AwsError("ResourceNotFoundException", `Backup vault ${name} does not exist`),
});

const pointsIn = (world: World, vault: string) =>
  world.all(RECOVERY_POINT).filter(({ properties }) => properties["backupVaultName"] === vault);

const vault: Behaviour = {
  token: VAULT,
  service: "Backup",
  words: "Backup Vault",
  replaces: ["name", "kmsKeyArn"],
  autoName: { property: "name" },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: ({ world }) => ({
    forceDestroy: false,
    kmsKeyArn: regionalArn(world, "kms", "alias/aws/backup"), // AWS answers the managed key's own ARN
  }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const name = nameOf(call);
    if (!/^[A-Za-z0-9_-]{2,50}$/.test(name)) throw invalid(`backup vault name "${name}" must have 2 to 50 characters`);
    if (world.find(VAULT, name))
      throw new AwsError("AlreadyExistsException", "Backup vault with the same name already exists");
    refuseUnusableKey(world, text(inputs, "kmsKeyArn"), (key) => invalid(`KMS key ${key} does not exist`)); // not verified
  },
  refuseDelete: ({ world, stored }) => {
    if (stored.properties["forceDestroy"] !== true && pointsIn(world, stored.id).length > 0)
      throw new AwsError(
        "InvalidRequestException",
        "Backup vault cannot be deleted because it contains recovery points.",
      );
  },
  id: (call) => nameOf(call),
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "backup", `backup-vault:${id}`),
    recoveryPoints: pointsIn(world, id).length,
  }),
  afterDelete: ({ world, stored }) => {
    for (const { id } of pointsIn(world, stored.id)) world.takeAway(RECOVERY_POINT, id);
  },
};

/** A setting of a vault: its id is the vault's name. */
function setting(token: string, words: string, more: Partial<Behaviour>): Behaviour {
  return {
    token,
    service: "Backup",
    words: `Backup Vault ${words}`,
    replaces: "all",
    references: [ofVault("backupVaultName")],
    minutes: { create: 0.05, update: 0.05, delete: 0.05 },
    id: ({ inputs }) => text(inputs, "backupVaultName") ?? "",
    outputs: ({ world, inputs }) => ({
      backupVaultArn: regionalArn(world, "backup", `backup-vault:${text(inputs, "backupVaultName") ?? ""}`),
    }),
    ...more,
  };
}

const lock = setting(LOCK, "Lock Configuration", {
  refuseCreate: ({ world, inputs }) => {
    const { changeableForDays: grace, minRetentionDays: low, maxRetentionDays: high } = inputs;
    if (typeof grace === "number" && grace < 3) throw invalid("ChangeableForDays must be at least 3"); // wording not verified
    if (typeof low === "number" && typeof high === "number" && low > high)
      throw invalid("MinRetentionDays must not be above MaxRetentionDays"); // wording not verified
    const standing = world.find(LOCK, text(inputs, "backupVaultName") ?? "");
    if (standing && isFinal({ world, stored: standing })) throw lockedForever();
  },
  refuseDelete: (call) => {
    if (isFinal(call)) throw lockedForever();
  },
  afterCreate: ({ world }, id) => {
    world.amend(LOCK, id, { lockedAt: world.now() });
  },
});

/** Without a grace time a lock is governance and can go; with one it is compliance and final once that time is over. */
function isFinal({ world, stored }: DeleteCall): boolean {
  const grace = stored.properties["changeableForDays"];
  const since = Date.parse(text(stored.properties, "lockedAt") ?? "");
  return typeof grace === "number" && Date.parse(world.now()) - since > grace * 24 * 60 * 60 * 1000;
}

const lockedForever = (): AwsError =>
  new AwsError("InvalidRequestException", "Vault lock configuration cannot be changed: its grace time is over."); // not verified

const policy = setting("aws:backup/vaultPolicy:VaultPolicy", "Policy", {
  replaces: ["backupVaultName"],
  refuseCreate: refusePolicy,
  refuseUpdate: refusePolicy,
});

function refusePolicy({ inputs }: Call): void {
  if (resourceStatements(inputs["policy"]) === undefined)
    throw invalid("The specified policy cannot be added to the vault"); // not verified
}

const notifications = setting("aws:backup/vaultNotifications:VaultNotifications", "Notifications", {
  slot: ["backupVaultName"],
  references: [
    ofVault("backupVaultName"),
    {
      path: "snsTopicArn",
      to: "aws:sns/topic:Topic",
      by: "arn",
      missing: (arn) => invalid(`Topic ${arn} does not exist`),
    }, // not verified
  ],
});

const plan: Behaviour = {
  token: PLAN,
  service: "Backup",
  words: "Backup Plan",
  replaces: ["name"],
  autoName: { property: "name" },
  references: [ofVault("rules[].targetVaultName")],
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  id: ({ world }) => world.uuid(),
  outputs: ({ world, inputs }, id) => ({
    arn: regionalArn(world, "backup", `backup-plan:${id}`),
    // Another version with each update.
    version: Buffer.from(world.uuid(`version ${JSON.stringify(inputs)}`))
      .toString("base64")
      .slice(0, 48),
  }),
};

const selection: Behaviour = {
  token: "aws:backup/selection:Selection",
  service: "Backup",
  words: "Backup Selection",
  replaces: "all",
  autoName: { property: "name" },
  references: [
    {
      path: "planId",
      to: PLAN,
      missing: (id) => new AwsError("ResourceNotFoundException", `Cannot find Backup plan with ID ${id}`), // not verified
      held: () =>
        new AwsError(
          "InvalidRequestException",
          "Related backup plan selections must be deleted prior to backup plan deletion",
        ),
    },
  ],
  minutes: { create: 0.05, delete: 0.05 },
  defaults: () => ({ conditions: [], notResources: [] }),
  refuseCreate: ({ world, inputs }) => {
    const role = text(inputs, "iamRoleArn");
    if (!isTrusted(world, role, "backup.amazonaws.com"))
      throw invalid(`IAM Role ${role ?? ""} cannot be assumed by AWS Backup`);
  },
  id: ({ world }) => world.uuid(),
  outputs: () => ({}),
};

/** AWS Backup (Terraform provider source; rules J62 to J64). */
export const backup: readonly Behaviour[] = [vault, lock, policy, notifications, plan, selection, ...backupTests];
