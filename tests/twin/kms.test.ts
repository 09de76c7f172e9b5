import { Landscape } from "./landscape";

const KEY = "aws:kms/key:Key";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const ROOT = "arn:aws:iam::111122223333:root";

const statement = (principal: unknown, action: string, more: object = {}) => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  Resource: "*",
  ...more,
});
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const open = statement({ AWS: ROOT }, "kms:*");
const logsUse = (account: string) =>
  statement({ Service: "logs.eu-central-1.amazonaws.com" }, "kms:*", {
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${account}:log-group:*` },
    },
  });

describe("a key policy the twin refuses", () => {
  it.each([
    ["is no JSON", "{"],
    ["has no statement", JSON.stringify({ Version: "2012-10-17" })],
    [
      "names a role that does not exist",
      document(open, statement({ AWS: "arn:aws:iam::111122223333:role/none" }, "kms:Encrypt")),
    ],
    ["locks everybody out", document(statement({ AWS: ROOT }, "kms:Encrypt"))],
    ["leaves it to a service alone", document(statement({ Service: "logs.eu-central-1.amazonaws.com" }, "kms:*"))],
    ["denies the account", document(open, { ...open, Effect: "Deny" })],
    [
      "leaves it to calls through another service",
      document(statement({ AWS: ROOT }, "kms:*", { Condition: { StringEquals: { "kms:ViaService": "x" } } })),
    ],
  ])("%s", async (_, policy) => {
    const made = new Landscape().make(KEY, { policy });
    await expect(made).rejects.toMatchObject({ code: "MalformedPolicyDocumentException" });
  });

  it.each([
    ["for another role", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin" } }],
    ["for another account", { StringEquals: { "kms:CallerAccount": "999999999999" } }],
    ["for those with a second factor", { Bool: { "aws:MultiFactorAuthPresent": "true" } }],
  ])("is %s and leaves the caller out", async (_, Condition) => {
    const made = new Landscape().make(KEY, { policy: document(statement({ AWS: ROOT }, "kms:*", { Condition })) });
    await expect(made).rejects.toMatchObject({
      code: "MalformedPolicyDocumentException",
      message: expect.stringContaining("will not allow you to update the key policy in the future") as unknown,
    });
  });

  it("may lock everybody out when told to skip the check", async () => {
    const policy = document(statement({ AWS: ROOT }, "kms:Encrypt"));
    await expect(new Landscape().make(KEY, { policy, bypassPolicyLockoutSafetyCheck: true })).resolves.toBeDefined();
  });

  it("may leave administration to some of the account's own principals", async () => {
    const Condition = { ArnLike: { "AWS:PrincipalArn": "arn:aws:iam::111122223333:role/platform-*" } };
    await expect(
      new Landscape().make(KEY, { policy: document(statement({ AWS: ROOT }, "kms:*", { Condition })) }),
    ).resolves.toBeDefined();
  });
});

describe("a key", () => {
  it("does not rotate by itself and waits thirty days for its end", async () => {
    const account = new Landscape();
    expect(account.read(KEY, await account.make(KEY, {}))).toMatchObject({
      enableKeyRotation: false,
      deletionWindowInDays: 30,
    });
  });

  it.each([
    ["a window of a day", { deletionWindowInDays: 1 }],
    ["a rotation every day", { enableKeyRotation: true, rotationPeriodInDays: 1 }],
    ["a rotation period without rotation", { rotationPeriodInDays: 90 }],
  ])("refuses %s", async (_, inputs) => {
    await expect(new Landscape().make(KEY, inputs)).rejects.toMatchObject({ code: "ValidationException" });
  });

  it("serves nobody once its deletion is scheduled", async () => {
    const account = new Landscape();
    const targetKeyId = await account.make(KEY, {});
    await account.remove(KEY, targetKeyId);
    const alias = account.make("aws:kms/alias:Alias", { name: "alias/x", targetKeyId });
    await expect(alias).rejects.toMatchObject({ code: "KMSInvalidStateException" });
    expect(account.ids(KEY)).toEqual([targetKeyId]);
  });

  it("has one owner for each alias", async () => {
    const account = new Landscape();
    const inputs = { name: "alias/x", targetKeyId: await account.make(KEY, {}) };
    await account.make("aws:kms/alias:Alias", inputs);
    await expect(account.make("aws:kms/alias:Alias", inputs)).rejects.toMatchObject({ code: "AlreadyExistsException" });
  });

  it("encrypts a log group only when its policy admits the service for that group", async () => {
    const account = new Landscape();
    const arn = async (policy: string) =>
      `arn:aws:kms:eu-central-1:111122223333:key/${await account.make(KEY, { policy })}`;
    for (const policy of [document(open), document(open, logsUse("999999999999"))]) {
      const made = account.make(LOGS, { name: "/x", kmsKeyId: await arn(policy) });
      await expect(made).rejects.toMatchObject({ code: "AccessDeniedException" });
    }
    await account.make(LOGS, { name: "/x", kmsKeyId: await arn(document(open, logsUse("111122223333"))) });
  });

  it("gets its default policy back when the separate one is deleted", async () => {
    const account = new Landscape();
    const keyId = await account.make(KEY, {});
    const before = account.read(KEY, keyId)["policy"];
    const policy = document(open, logsUse("111122223333"));
    await account.make("aws:kms/keyPolicy:KeyPolicy", { keyId, policy });
    expect(account.read(KEY, keyId)["policy"]).toBe(policy);
    await account.remove("aws:kms/keyPolicy:KeyPolicy", keyId);
    expect(account.read(KEY, keyId)["policy"]).toBe(before);
  });
});
