import { ssmInvokes } from "../../twin/aws/ssm";
import { allowing, Caller, type Made } from "./services";

const BUCKET = "aws:s3/bucket:Bucket";
const PUBLIC = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
});

const bucket = (aws: Caller, name = "reports-of-ours", more = {}): Promise<Made> =>
  aws.create(BUCKET, { bucket: name, ...more });

const secret = (aws: Caller): Promise<Made> => aws.create("aws:secretsmanager/secret:Secret", { name: "database" });

describe("ssm getParameter", () => {
  const ask = (name: string, aws = new Caller()) =>
    ssmInvokes["aws:ssm/getParameter:getParameter"]?.({ name }, aws.world());

  it.each([
    ["/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_id", /^ami-[0-9a-f]{17}$/],
    ["/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/release_version", /^1\.36\.2-/],
    ["/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended", /"image_id":"ami-/],
  ])("answers %s as AWS publishes it, without an account in its ARN", (name, value) => {
    const answer = ask(name);
    expect(answer).toMatchObject({ name, arn: `arn:aws:ssm:eu-central-1::parameter${name}`, version: 1 });
    expect(answer?.["value"]).toMatch(value);
  });

  it("answers our own parameters", async () => {
    const aws = new Caller();
    await aws.create("aws:ssm/parameter:Parameter", { name: "/a", type: "SecureString", value: "x" });
    expect(ask("/a", aws)).toMatchObject({ type: "SecureString", value: "x", insecureValue: "" });
  });

  it("finds no image for a Kubernetes version that EKS does not offer", () => {
    expect(() => ask("/aws/service/bottlerocket/aws-k8s-1.37/x86_64/latest/image_id")).toThrow(
      "couldn't find resource",
    );
  });
});

describe("what AWS does besides", () => {
  it("accepts a public policy once the public access block was emptied, and again after it was deleted", async () => {
    const aws = new Caller();
    await bucket(aws);
    const block = await aws.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      bucket: "reports-of-ours",
    });
    const open = { bucket: "reports-of-ours", policy: PUBLIC };
    await aws.delete("aws:s3/bucketPolicy:BucketPolicy", await aws.create("aws:s3/bucketPolicy:BucketPolicy", open));
    await aws.delete("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block);
    await expect(aws.create("aws:s3/bucketPolicy:BucketPolicy", open)).resolves.toMatchObject(open);
    expect(aws.leftovers().behindTheBack).toHaveLength(1);

    await aws.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket: "reports-of-ours" });
    expect(aws.leftovers().behindTheBack).toEqual([]);
  });

  it("leaves nothing of a bucket that is forced away, neither what a trail wrote nor the missing block", async () => {
    const aws = new Caller();
    const made = await bucket(aws, "reports-of-ours", { forceDestroy: true });
    const policy = await aws.create("aws:s3/bucketPolicy:BucketPolicy", {
      bucket: made.id,
      policy: allowing("cloudtrail.amazonaws.com", "s3:PutObject", "s3:GetBucketAcl"),
    });
    const trail = await aws.create("aws:cloudtrail/trail:Trail", { s3BucketName: made.id });
    expect(aws.leftovers().behindTheBack).toHaveLength(1);

    const block = await aws.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket: made.id });
    await aws.delete("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block);
    await aws.delete("aws:cloudtrail/trail:Trail", trail);
    await aws.delete("aws:s3/bucketPolicy:BucketPolicy", policy);
    await aws.delete(BUCKET, made);
    expect(aws.leftovers()).toEqual({ made: [], behindTheBack: [], scheduled: [] });
  });

  it("keeps a detector's features until the detector goes", async () => {
    const aws = new Caller();
    const detector = await aws.create("aws:guardduty/detector:Detector", {});
    const token = "aws:guardduty/detectorFeature:DetectorFeature";
    const feature = await aws.create(token, { detectorId: detector.id, name: "EKS_AUDIT_LOGS", status: "ENABLED" });
    await aws.delete(token, feature);
    expect(aws.leftovers().behindTheBack).toHaveLength(1);

    await aws.delete("aws:guardduty/detector:Detector", detector);
    expect(aws.leftovers().behindTheBack).toEqual([]);
  });

  it("subscribes a new Security Hub to two standards unless told not to", async () => {
    const [silent, told] = [new Caller(), new Caller()];
    await silent.create("aws:securityhub/account:Account", {});
    await told.create("aws:securityhub/account:Account", { enableDefaultStandards: false });
    expect(silent.leftovers().behindTheBack).toHaveLength(2);
    expect(told.leftovers().behindTheBack).toEqual([]);
  });

  it("schedules the end of a secret, and forgets at once only a secret without recovery window", async () => {
    const aws = new Caller();
    const token = "aws:secretsmanager/secret:Secret";
    await aws.delete(token, await aws.create(token, { name: "a" }));
    await aws.delete(token, await aws.create(token, { name: "b", recoveryWindowInDays: 0 }));
    expect(aws.leftovers().scheduled).toHaveLength(1);
  });

  it("leaves the AMI of an image that Image Builder made", async () => {
    const aws = new Caller();
    const { name } = await aws.create("aws:iam/instanceProfile:InstanceProfile", { name: "builder" });
    const recipe = await aws.create("aws:imagebuilder/imageRecipe:ImageRecipe", {
      components: [{ componentArn: "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/x.x.x" }],
      parentImage: "ami-0123456789abcdef0",
      version: "1.0.0",
    });
    const infrastructure = await aws.create(
      "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
      { instanceProfileName: name },
    );
    const image = await aws.create("aws:imagebuilder/image:Image", {
      imageRecipeArn: recipe.arn,
      infrastructureConfigurationArn: infrastructure.arn,
    });
    await expect(aws.delete("aws:imagebuilder/imageRecipe:ImageRecipe", recipe)).rejects.toMatchObject({
      code: "ResourceDependencyException",
    });
    await aws.delete("aws:imagebuilder/image:Image", image);
    expect(aws.leftovers().behindTheBack).toMatchObject([{ type: "aws:ec2/ami:Ami" }]);
  });

  it("makes a compliance lock of a vault final only after its grace time", async () => {
    const aws = new Caller();
    await aws.create("aws:backup/vault:Vault", { name: "daily" });
    const token = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
    const lock = await aws.create(token, { backupVaultName: "daily", changeableForDays: 3 });
    await expect(aws.delete(token, lock)).resolves.toBeUndefined();

    const old = await aws.create(token, { backupVaultName: "daily", changeableForDays: 3 });
    aws.world().amend(token, old.id, { lockedAt: "2025-12-01T00:00:00Z" });
    await expect(aws.delete(token, old)).rejects.toMatchObject({ code: "InvalidRequestException" });
  });

  it("gives an overwritten parameter another version, and moves AWSCURRENT to the newest value of a secret", async () => {
    const aws = new Caller();
    const parameter = await aws.create("aws:ssm/parameter:Parameter", { name: "/a", type: "String", value: "x" });
    expect(parameter).toMatchObject({ version: 1 });
    expect(await aws.update("aws:ssm/parameter:Parameter", parameter, { value: "y" })).toMatchObject({ version: 2 });

    const token = "aws:secretsmanager/secretVersion:SecretVersion";
    const { id } = await secret(aws);
    const first = await aws.create(token, { secretId: id, secretString: "x" });
    await aws.create(token, { secretId: id, secretString: "y" });
    expect(aws.world().find(token, first.id)?.properties).toMatchObject({ versionStages: ["AWSPREVIOUS"] });
  });
});
