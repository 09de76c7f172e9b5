import * as aws from "@pulumi/aws";

import { accountLayer } from "../../stacks/account-layer";
import { Account } from "../../twin/account";
import { run } from "../../twin/mocks";
import { accountBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

const EBS = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey";
const METADATA = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const IMAGES = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess";

const accountWith = async (more: object = {}) => run(() => accountLayer(accountBlueprint(more)));
const organisation = { managed: "organisation", by: "the security team" };
const off = {
  managed: "off",
  reason: "an old image cannot do without it",
  by: "platform@example.com",
  until: "2099-01-31",
};

describe("an account that is told nothing", () => {
  it("encrypts every new volume, under its own key", async () => {
    const { registrations } = await accountWith();

    expect(only(registrations, EBS).inputs).toEqual({ enabled: true });
    expect(only(registrations, DEFAULT_KEY).propertyDependencies.keyArn).toEqual([
      only(registrations, "aws:kms/key:Key").urn,
    ]);
  });

  it("asks for a session token and lets metadata travel one hop", async () => {
    expect(only((await accountWith()).registrations, METADATA).inputs).toMatchObject({
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("refuses to share images with everybody", async () => {
    expect(only((await accountWith()).registrations, IMAGES).inputs).toEqual({ state: "block-new-sharing" });
  });

  it("keeps every setting, and the key under them, when its stack goes", async () => {
    const { registrations } = await accountWith();
    const kept = [EBS, DEFAULT_KEY, METADATA, IMAGES, "aws:kms/key:Key"].map((type) => only(registrations, type));

    expect(kept.filter(({ retainOnDelete }) => !retainOnDelete)).toEqual([]);
    expect(only(registrations, "aws:kms/key:Key").protect).toBe(true);
  });

  it("says so among its outputs", async () => {
    expect((await accountWith()).outputs).toMatchObject({
      settings: {
        ebsEncryption: "on, managed here",
        instanceMetadata: "on, managed here",
        imageBlockPublicAccess: "on, managed here",
      },
    });
  });
});

describe("an account whose organisation runs a setting", () => {
  it("registers nothing for it", async () => {
    const { registrations } = await accountWith({
      ebsEncryption: organisation,
      instanceMetadata: organisation,
      imageBlockPublicAccess: organisation,
    });

    expect([EBS, DEFAULT_KEY, METADATA, IMAGES].flatMap((type) => all(registrations, type))).toEqual([]);
  });
});

describe("an account that had a setting before", () => {
  it("adopts it by its id and makes it no second time", async () => {
    const account = Account.open(undefined, { timeScale: 0 });
    await run(
      () => {
        new aws.ebs.EncryptionByDefault("before", { enabled: true });
      },
      { account },
    );
    const ids = () => account.leftovers().made.flatMap(({ type, id }) => (type === EBS ? [id] : []));
    const [id = ""] = ids();

    const ebsEncryption = { managed: "import", id };
    const { registrations } = await run(() => accountLayer(accountBlueprint({ ebsEncryption })), { account });

    expect(only(registrations, EBS)).toMatchObject({ importId: id, inputs: { enabled: true } });
    expect(ids()).toEqual([id]);
  });

  it("is refused when it says that a setting is on which is not", async () => {
    const ebsEncryption = { managed: "import", id: "default" };

    await expect(accountWith({ ebsEncryption })).rejects.toThrow("enabled");
  });
});

describe("an account that is told to switch a setting off", () => {
  it("spells the insecure value out, so that a policy can see it", async () => {
    const { registrations } = await accountWith({
      ebsEncryption: off,
      instanceMetadata: off,
      imageBlockPublicAccess: off,
    });

    expect(only(registrations, EBS).inputs).toEqual({ enabled: false });
    expect(only(registrations, METADATA).inputs).toMatchObject({ httpTokens: "optional" });
    expect(only(registrations, IMAGES).inputs).toEqual({ state: "unblocked" });
  });
});
