import { type Example, runExamples } from "../../cli/iam/examples";
import type { Key } from "../../twin/iam/holdings";
import { decide } from "../../twin/iam/evaluate";
import { unknownPolicies } from "./managed";
import { shortName, type Universe, universeOf } from "./universe";

// A run of the cluster layer makes some two hundred resources.
jest.setTimeout(60_000);

let examples: readonly Example[];
let universe: Universe;
let keys: readonly (Key & { readonly example: Example })[];
beforeAll(async () => {
  examples = await runExamples();
  universe = universeOf(examples);
  keys = examples.flatMap((example) => example.holdings.keys.map((key) => ({ ...key, example })));
});

const ADMINISTER = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:RevokeGrant"];
const ENCRYPT = ["kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptTo"];
const DECRYPT = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKeyPair"];

/** Who could do one of these with a key under some circumstances: nothing but their account and name is held against them. */
function whoCan(key: Key, actions: readonly string[]): readonly string[] {
  const resource = { arn: key.arn, policy: key.policy };
  const context = { "kms:ResourceAliases": key.aliases };
  return [...universe]
    .filter(([, caller]) =>
      actions.some((action) => decide({ caller, action, resource, context, unsaid: "unknown" }) !== "denied"),
    )
    .map(([name]) => name)
    .sort();
}

/** Who uses a key, where it is known; of any other key only that it is used by roles of its own program or by services. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  "alias/bulwark/state-secrets": ["break-glass", "platform-admin"],
  "alias/bulwark/state": ["break-glass", "platform-admin"],
  "alias/bulwark/production/secrets": ["bulwark-production-cluster"],
  "alias/bulwark/production/disks": [
    "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    "aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
    "bulwark-production-ebs-csi",
    "bulwark-production-karpenter",
  ],
  "alias/bulwark/production/logs": ["service logs.eu-central-1"],
  "alias/bulwark/production/backups": ["bulwark-production-backup"],
  "alias/bulwark/production/alarms": ["bulwark-production-alarm"],
};

// A cluster that has a runner lets it read and write states as those who deploy do.
const RUNNER = "bulwark-production-runner";
const STATES: ReadonlySet<string> = new Set(["alias/bulwark/state", "alias/bulwark/state-secrets"]);

/** Who hands a key on by a grant, where anybody does. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  "alias/bulwark/production/secrets": ["platform-admin"],
  "alias/bulwark/production/disks": USERS["alias/bulwark/production/disks"] ?? [],
  "alias/bulwark/production/backups": ["bulwark-production-backup"],
};

/** The default key of the region's volumes serves everybody in the account whom EC2 admits. */
const FOR_ALL = "alias/bulwark/account/disks";

describe("the keys of the examples", () => {
  it("are judged with the text of every policy that AWS keeps", () => {
    const unknown = examples.flatMap(({ holdings }) => holdings.roles.flatMap(unknownPolicies));

    // Add the policy's default version to facts/managed-policies.json, or give the role a boundary.
    expect(unknown).toEqual([]);
  });

  it("are administered by the administrators, break-glass and the root user, and by nobody else in the world", () => {
    for (const key of keys) {
      const { administrators, breakGlass } = key.example.blueprint.access;
      const expected = ["root", ...[...administrators, breakGlass].map(shortName)].sort();

      expect({ [key.aliases[0] ?? key.name]: whoCan(key, ADMINISTER) }).toEqual({
        [key.aliases[0] ?? key.name]: expected,
      });
    }
  });

  it.each(Object.entries(USERS))("%s encrypts and decrypts for exactly %j", (alias, users) => {
    const key = keyOf(alias);

    const others = (actions: readonly string[]) =>
      whoCan(key, actions).filter((name) => !(STATES.has(alias) && name === RUNNER));

    expect(others(ENCRYPT)).toEqual(users);
    expect(others(DECRYPT)).toEqual(users);
  });

  it.each(Object.keys(USERS))("%s is handed on only for whom AWS makes a grant", (alias) => {
    expect(whoCan(keyOf(alias), ["kms:CreateGrant"])).toEqual(GRANTS[alias] ?? []);
  });

  it("that no line above knows are used by the cluster's own roles, by services and by whom the configuration names", () => {
    const unknown = keys.filter(({ aliases: [alias = ""] }) => !(alias in USERS) && alias !== FOR_ALL);
    for (const key of unknown) {
      const users = whoCan(key, [...ENCRYPT, ...DECRYPT, "kms:CreateGrant"]);
      const named = JSON.stringify(key.example.blueprint);
      const outside = users.filter(
        (name) => !/^(bulwark-|service |aws-service-role\/)/.test(name) && !named.includes(`role/${name}"`),
      );

      expect({ [key.name]: outside }).toEqual({ [key.name]: [] });
    }
  });

  it("never serve another account, an anonymous caller or a bystander who may do everything in IAM", () => {
    for (const key of keys.filter(({ aliases }) => !aliases.includes(FOR_ALL))) {
      const outsiders = whoCan(key, [...ADMINISTER, ...ENCRYPT, ...DECRYPT, "kms:CreateGrant"]).filter((name) =>
        /^(stranger|anonymous|unrelated|service logs\.us)/.test(name),
      );

      expect(outsiders).toEqual([]);
    }
  });

  it("leave the account's volumes that name no key to everybody in the account, and to nobody else", () => {
    const users = whoCan(keyOf(FOR_ALL), [...ENCRYPT, ...DECRYPT]);

    expect(users).toEqual(expect.arrayContaining(["unrelated", "unrelated-administrator"]));
    expect(users.filter((name) => /^(stranger|anonymous|service)/.test(name))).toEqual([]);
  });
});

function keyOf(alias: string): Key {
  const key = keys.find(({ aliases }) => aliases.includes(alias));
  if (key === undefined) throw new Error(`no example makes ${alias}`);
  return key;
}
