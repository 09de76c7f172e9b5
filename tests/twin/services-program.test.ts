import * as aws from "@pulumi/aws";

import { run } from "../../twin/mocks";
import { allowing } from "./services";

/** What a region's detection and evidence need, in the order AWS wants. */
function detection(): void {
  const evidence = new aws.s3.Bucket("Evidence");
  new aws.s3.BucketPublicAccessBlock("evidence", {
    bucket: evidence.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
  });
  const versions = new aws.s3.BucketVersioning("evidence", {
    bucket: evidence.id,
    versioningConfiguration: { status: "Enabled" },
  });
  new aws.s3.BucketObjectLockConfiguration(
    "evidence",
    { bucket: evidence.id, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } },
    { dependsOn: versions },
  );
  const policy = new aws.s3.BucketPolicy("evidence", {
    bucket: evidence.id,
    policy: allowing("cloudtrail.amazonaws.com", "s3:PutObject", "s3:GetBucketAcl"),
  });
  new aws.cloudtrail.Trail("main", { s3BucketName: evidence.id, isMultiRegionTrail: true }, { dependsOn: policy });

  const detector = new aws.guardduty.Detector("main", {});
  new aws.guardduty.DetectorFeature("runtime", {
    detectorId: detector.id,
    name: "RUNTIME_MONITORING",
    status: "ENABLED",
    additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }],
  });
  const hub = new aws.securityhub.Account("main", { enableDefaultStandards: false });
  new aws.securityhub.StandardsSubscription(
    "fsbp",
    { standardsArn: "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0" },
    { dependsOn: hub },
  );

  const alerts = new aws.sns.Topic("alerts", { kmsMasterKeyId: "alias/aws/sns" });
  const queue = new aws.sqs.Queue("alerts", {});
  new aws.sns.TopicSubscription("alerts", { topic: alerts.arn, protocol: "sqs", endpoint: queue.arn });

  const secret = new aws.secretsmanager.Secret("database", {});
  new aws.secretsmanager.SecretVersion("database", { secretId: secret.id, secretString: "a secret" });
  const images = new aws.ecr.Repository("mirror", { imageTagMutability: "IMMUTABLE" });
  new aws.ecr.LifecyclePolicy("mirror", { repository: images.name, policy: JSON.stringify({ rules: [] }) });
}

it("lets a careful program through the whole account, checks of the SDK's inputs included", async () => {
  const { registrations, account } = await run(detection);

  const made = account.leftovers().made.map(({ type }) => type);
  expect(made.sort()).toEqual(
    registrations
      .filter(({ custom }) => custom)
      .map(({ type }) => type)
      .sort(),
  );
  expect(made).toHaveLength(17);
});
