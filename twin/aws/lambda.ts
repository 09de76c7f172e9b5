import type { Behaviour, Call, Reference, Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { refuseUnusableKey } from "./encryption-key";
import { kept } from "./kept";
import { isTrusted } from "./policy-document";
import { nameOf, present, text } from "./property";

const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";

const invalid = (message: string): AwsError => new AwsError("InvalidParameterValueException", message);

// The function's network interfaces live in the subnet and carry the groups, so both stay as long as it does.
const network = (path: string, to: string, code: string, noun: string): Reference => ({
  path,
  to,
  missing: (value) =>
    invalid(
      `Error occurred while Describe. EC2 Error Code: ${code}. EC2 Error Message: The ${noun} '${value}' does not exist`,
    ),
  held: ({ id }) => new AwsError("DependencyViolation", `resource ${id} has a dependent object`),
});

const lambdaFunction: Behaviour = {
  token: FUNCTION,
  service: "Lambda",
  words: "Lambda Function",
  replaces: ["name", "packageType", "tenancyConfig"],
  autoName: { property: "name" },
  references: [
    network("vpcConfig.subnetIds[]", "aws:ec2/subnet:Subnet", "InvalidSubnetID.NotFound", "subnet ID"),
    network(
      "vpcConfig.securityGroupIds[]",
      "aws:ec2/securityGroup:SecurityGroup",
      "InvalidGroup.NotFound",
      "security group",
    ),
  ],
  minutes: { create: 0.5, update: 0.5, delete: 0.1 },
  defaults: (call) => ({
    architectures: ["x86_64"],
    ephemeralStorage: { size: 512 },
    loggingConfig: {
      applicationLogLevel: "",
      logFormat: "Text",
      logGroup: `/aws/lambda/${nameOf(call)}`,
      systemLogLevel: "",
    },
    memorySize: 128,
    packageType: "Zip",
    publish: false,
    reservedConcurrentExecutions: -1,
    skipDestroy: false,
    timeout: 3,
    tracingConfig: { mode: "PassThrough" },
  }),
  refuseCreate: (call) => {
    const { world, inputs } = call;
    if (world.find(FUNCTION, nameOf(call)))
      throw new AwsError("ResourceConflictException", `Function already exist: ${nameOf(call)}`, 409);
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(nameOf(call))) throw invalid(`function name "${nameOf(call)}" is not valid`);
    if (present(inputs, "code", "imageUri", "s3Bucket") !== 1)
      throw invalid("one of code, imageUri, s3Bucket must be specified"); // the provider's own check, wording not verified
    if ((inputs["packageType"] ?? "Zip") === "Zip" && present(inputs, "handler", "runtime") < 2)
      throw invalid("handler and runtime must be set when PackageType is Zip");
    refuseRoleAndKey(call);
  },
  refuseUpdate: refuseRoleAndKey,
  id: (call) => nameOf(call),
  outputs: ({ world, inputs }, id) => {
    const arn = regionalArn(world, "lambda", `function:${id}`);
    const gateway = `arn:aws:apigateway:${world.region}:lambda:path`;
    const version = inputs["publish"] === true ? "1" : "$LATEST";
    const digest = Buffer.from(world.hex(64, "code"), "hex").toString("base64");
    return {
      arn,
      codeSha256: inputs["codeSha256"] ?? digest,
      invokeArn: `${gateway}/2015-03-31/functions/${arn}/invocations`,
      lastModified: kept(world, FUNCTION, id, "lastModified", world.now()),
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: `${gateway}/2015-03-31/functions/${arn}:${version}/invocations`,
      responseStreamingInvokeArn: `${gateway}/2021-11-15/functions/${arn}/response-streaming-invocations`,
      signingJobArn: "",
      signingProfileVersionArn: "",
      sourceCodeHash: inputs["sourceCodeHash"] ?? digest,
      sourceCodeSize: 1024,
      version,
    };
  },
};

function refuseRoleAndKey({ world, inputs }: Call): void {
  if (!isTrusted(world, text(inputs, "role"), "lambda.amazonaws.com"))
    throw invalid("The role defined for the function cannot be assumed by Lambda.");
  refuseUnusableKey(world, text(inputs, "kmsKeyArn"), (key) =>
    // Wording not verified.
    invalid(
      `Lambda was unable to configure access to your environment variables because the KMS key is invalid: ${key}`,
    ),
  );
}

const permission: Behaviour = {
  token: PERMISSION,
  service: "Lambda",
  words: "Lambda Permission",
  replaces: "all",
  autoName: { property: "statementId" },
  minutes: { create: 0.05, delete: 0.05 },
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const target = functionNamed(world, text(inputs, "function"));
    if (target === undefined) {
      const arn = regionalArn(world, "lambda", `function:${text(inputs, "function") ?? ""}`);
      throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    }
    const id = statementId(call);
    const twin = world.all(PERMISSION).some((other) => other.id === id && functionOf(world, other)?.id === target.id);
    if (twin)
      throw new AwsError(
        "ResourceConflictException",
        `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        409,
      );
  },
  id: (call) => statementId(call),
  outputs: (_, id) => ({ statementId: id }),
};

/** A function by name or by ARN, with or without a qualifier: every Lambda call takes either. */
function functionNamed(world: World, name: string | undefined): Stored | undefined {
  const short = name?.replace(/^arn:aws:lambda:[^:]*:[^:]*:function:/, "").replace(/:.*$/, "");
  return short === undefined ? undefined : world.find(FUNCTION, short);
}

/** Whether a function's own policy lets a service call it. */
export function mayInvoke(world: World, functionName: string | undefined, service: string): boolean {
  const target = functionNamed(world, functionName);
  return world
    .all(PERMISSION)
    .some((one) => one.inputs["principal"] === service && functionOf(world, one)?.id === target?.id);
}

function functionOf(world: World, { inputs }: Stored): Stored | undefined {
  return functionNamed(world, text(inputs, "function"));
}

function statementId(call: Call): string {
  return nameOf(call, "statementId", "statementIdPrefix");
}

/** AWS Lambda: functions and who may call them (Terraform provider source; rule J36). */
export const lambda: readonly Behaviour[] = [lambdaFunction, permission];
