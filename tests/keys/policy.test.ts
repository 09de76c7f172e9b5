import {
  backupsPolicy,
  defaultDisksPolicy,
  disksPolicy,
  logsPolicy,
  secretsManagerPolicy,
  secretsPolicy,
} from "../../stacks/keys/policy";
import { bucketKeyPolicy, secretsProviderPolicy } from "../../stacks/state/policy";
import type { Context } from "../../twin/iam/context";
import { accountBlueprint, clusterBlueprint, stateBlueprint } from "../layers/blueprints";
import { administrator, breakGlass, developer, root, stranger, USES, via, withoutIam } from "./callers";
import { allows, type Call } from "./evaluator";

const cluster = clusterBlueprint();
const policies = {
  secrets: secretsPolicy(cluster),
  disks: disksPolicy(cluster),
  logs: logsPolicy(cluster),
  "secrets manager": secretsManagerPolicy(cluster),
  backups: backupsPolicy(cluster),
  "default disks": defaultDisksPolicy(accountBlueprint()),
  "state bucket": bucketKeyPolicy(stateBlueprint(), "bulwark-state-111122223333-eu-central-1"),
  "secrets provider": secretsProviderPolicy(stateBlueprint()),
};

const contexts: readonly Context[] = [
  {},
  ...["ec2", "eks", "s3", "backup", "secretsmanager", "lambda"].map((service) => via(service)),
  { ...via("ec2"), "kms:GrantIsForAWSResource": "true" },
  { "kms:GrantIsForAWSResource": "true" },
  {
    "kms:EncryptionContext:aws:logs:arn":
      "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/production/cluster",
  },
];

describe.each(Object.entries(policies))("the policy of the %s key", (name, policy) => {
  const can = (caller: Call["caller"], action: string, context: Context = {}) =>
    allows(policy, { caller, action, context });

  it.each([
    ["an administrator", administrator],
    ["the break-glass role", breakGlass],
    ["the account's root user", root],
  ])("cannot lock %s out", (_, caller) => {
    expect(
      ["kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:CancelKeyDeletion", "kms:EnableKey"].filter((a) => !can(caller, a)),
    ).toEqual([]);
  });

  it("gives an administrator nothing by IAM alone or by the key alone", () => {
    expect(can(withoutIam(administrator), "kms:PutKeyPolicy")).toBe(false);
  });

  it("lets nobody else administer, whatever IAM allows", () => {
    const administration = [
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:DisableKey",
      "kms:RevokeGrant",
      "kms:TagResource",
    ];

    expect(administration.filter((action) => can(developer, action) || can(stranger, action))).toEqual([]);
  });

  it("gives a stranger's account nothing, through whatever service", () => {
    expect(USES.filter((action) => contexts.some((context) => can(stranger, action, context)))).toEqual([]);
  });

  it("names a wildcard as principal only within the account", () => {
    const { Statement: statements } = JSON.parse(policy) as {
      Statement: { Principal: { AWS?: string }; Condition: { StringEquals?: Record<string, string> } }[];
    };
    const open = statements.filter(
      ({ Principal, Condition }) =>
        Principal.AWS === "*" && Condition.StringEquals?.["kms:CallerAccount"] !== "111122223333",
    );

    expect(open).toEqual([]);
  });

  it("never lets the rotation be turned off", () => {
    expect(can(administrator, "kms:DisableKeyRotation")).toBe(false);
  });

  // Whoever runs Pulumi reads and writes state; nothing else is encrypted under these two keys.
  if (name === "state bucket" || name === "secrets provider") return;

  it("lets no administrator touch data or hand out grants directly", () => {
    expect(USES.filter((action) => [administrator, breakGlass, root].some((caller) => can(caller, action)))).toEqual(
      [],
    );
  });

  // The region's default disks key serves everybody whom EC2 admits, as aws/ebs does.
  if (name === "default disks") return;

  it("gives a developer nothing at all, through whatever service", () => {
    expect(
      [...USES, "kms:DescribeKey"].filter((action) => contexts.some((context) => can(developer, action, context))),
    ).toEqual([]);
  });
});
