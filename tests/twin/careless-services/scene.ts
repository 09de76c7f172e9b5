import type { Caller } from "../services";
import { allowing, type Made, roleFor } from "../services";

/** The token of a bucket. */
export const BUCKET = "aws:s3/bucket:Bucket";
/** A policy that lets everybody read. */
export const PUBLIC = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
});

/** A bucket. */
export const bucket = (aws: Caller, name = "reports-of-ours", more = {}): Promise<Made> =>
  aws.create(BUCKET, { bucket: name, ...more });

/** A secret without a value. */
export const secret = (aws: Caller): Promise<Made> =>
  aws.create("aws:secretsmanager/secret:Secret", { name: "database" });

/** What a function needs besides its role. */
export const code = { code: "zip", handler: "index.handler", runtime: "nodejs22.x" };

/** A function. */
export const lambda = async (aws: Caller): Promise<Made> =>
  aws.create("aws:lambda/function:Function", { ...code, role: (await roleFor(aws, "lambda.amazonaws.com")).arn });

/** A recorder of AWS Config. */
export const recorder = async (aws: Caller): Promise<Made> =>
  aws.create("aws:cfg/recorder:Recorder", { roleArn: (await roleFor(aws, "config.amazonaws.com")).arn });

/** A channel of AWS Config, with a bucket that admits it. */
export const channel = async (aws: Caller): Promise<Made> => {
  await bucket(aws, "config-of-ours");
  const policy = allowing("config.amazonaws.com", "s3:PutObject");
  await aws.create("aws:s3/bucketPolicy:BucketPolicy", { bucket: "config-of-ours", policy });
  return aws.create("aws:cfg/deliveryChannel:DeliveryChannel", { s3BucketName: "config-of-ours" });
};

/** The versions of that bucket. */
export const versioned = (aws: Caller, status: string): Promise<Made> =>
  aws.create("aws:s3/bucketVersioning:BucketVersioning", {
    bucket: "reports-of-ours",
    versioningConfiguration: { status },
  });

/** A careless program: the service, what it does, AWS's error code, and its calls, of which the last is refused. */
export type Careless = readonly [
  service: string,
  what: string,
  code: string,
  program: (aws: Caller) => Promise<unknown>,
];
