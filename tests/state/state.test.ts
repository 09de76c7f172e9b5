import { stateLayer } from "../../stacks/state-layer";
import { run } from "../../twin/mocks";
import { stateBlueprint } from "../layers/blueprints";
import { all, only } from "../layers/found";

const BUCKETS = ["main-state", "main-logs"];
const state = async (more: object = {}) => run(() => stateLayer(stateBlueprint(more)));

describe("the state's bucket and its log", () => {
  it.each(BUCKETS)("%s shuts the public out in all four ways", async (name) => {
    const { registrations } = await state();

    expect(only(registrations, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name).inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it.each(BUCKETS)("%s keeps old versions, belongs to the account, has a policy and is protected", async (name) => {
    const { registrations } = await state();

    expect(only(registrations, "aws:s3/bucketVersioning:BucketVersioning", name).inputs).toMatchObject({
      versioningConfiguration: { status: "Enabled" },
    });
    expect(only(registrations, "aws:s3/bucketOwnershipControls:BucketOwnershipControls", name).inputs).toMatchObject({
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(only(registrations, "aws:s3/bucketPolicy:BucketPolicy", name).inputs.policy).toContain("TlsOnly");
    expect(only(registrations, "aws:s3/bucket:Bucket", name)).toMatchObject({
      protect: true,
      inputs: { forceDestroy: false },
    });
  });

  it("encrypts states under a key of their own", async () => {
    const { registrations } = await state();
    const encryption = only(
      registrations,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "main-state",
    );

    expect(encryption.inputs.rules).toMatchObject([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true },
    ]);
    expect(encryption.propertyDependencies.rules).toEqual([only(registrations, "aws:kms/key:Key", "main-state").urn]);
  });

  it("logs every access to a state in the other bucket", async () => {
    const { registrations } = await state();
    const logging = only(registrations, "aws:s3/bucketLogging:BucketLogging");

    expect(logging.propertyDependencies.targetBucket).toEqual([
      only(registrations, "aws:s3/bucket:Bucket", "main-logs").urn,
    ]);
  });
});

describe("the state's keys", () => {
  it("are two, rotated and protected: one for the bucket, one for the secrets inside", async () => {
    const { registrations } = await state();

    expect(all(registrations, "aws:kms/alias:Alias").map(({ inputs }) => inputs.name)).toEqual([
      "alias/bulwark/state-secrets",
      "alias/bulwark/state",
    ]);
    for (const { inputs, protect } of all(registrations, "aws:kms/key:Key")) {
      expect(inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
      expect(protect).toBe(true);
    }
  });
});

describe("the state layer's outputs", () => {
  it("are what `pulumi login` and `pulumi stack init` take", async () => {
    expect((await state()).outputs).toEqual({
      backend: "s3://bulwark-state-111122223333-eu-central-1?region=eu-central-1",
      secretsProvider: "awskms://alias/bulwark/state-secrets?region=eu-central-1",
    });
  });

  it("carry the bucket's name where the blueprint chooses one", async () => {
    expect((await state({ bucket: "example-states" })).outputs).toMatchObject({
      backend: "s3://example-states?region=eu-central-1",
    });
  });
});
