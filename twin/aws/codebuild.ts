import type { Behaviour, Call, Reference } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { roleByArn } from "./iam/trust";
import { speaksOf, statementsOf } from "./iam/document";
import { isTrusted } from "./policy-document";
import { at, nameOf, objects, text, texts } from "./property";

const PROJECT = "aws:codebuild/project:Project";

const invalid = (message: string): AwsError => new AwsError("InvalidInputException", message);

// Builds run inside the network, so CodeBuild wants the VPC and what is in it to exist (wordings not verified).
const network = (path: string, to: string): Reference => ({
  path: `vpcConfig.${path}`,
  to,
  missing: (id) => invalid(`Invalid vpc config: ${id} does not exist`),
});

const project: Behaviour = {
  token: PROJECT,
  service: "CodeBuild",
  words: "CodeBuild Project",
  replaces: ["name"],
  autoName: { property: "name" },
  references: [
    network("vpcId", "aws:ec2/vpc:Vpc"),
    network("subnets[]", "aws:ec2/subnet:Subnet"),
    network("securityGroupIds[]", "aws:ec2/securityGroup:SecurityGroup"),
  ],
  minutes: { create: 0.1, update: 0.1, delete: 0.1 },
  defaults: ({ world }) => ({
    autoRetryLimit: 0,
    badgeEnabled: false,
    buildTimeout: 60,
    description: "",
    encryptionKey: regionalArn(world, "kms", "alias/aws/s3"),
    projectVisibility: "PRIVATE",
    queuedTimeout: 480,
  }),
  refuseCreate: (call) => {
    const name = nameOf(call);
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$/.test(name)) throw invalid(`project name "${name}" is not valid`); // not verified
    if (call.world.find(PROJECT, regionalArn(call.world, "codebuild", `project/${name}`)))
      throw new AwsError("ResourceAlreadyExistsException", `Project already exists: ${name}`); // wording not verified
    refuse(call);
  },
  refuseUpdate: refuse,
  id: (call) => regionalArn(call.world, "codebuild", `project/${nameOf(call)}`),
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    badgeUrl:
      inputs["badgeEnabled"] === true
        ? `https://codebuild.${world.region}.amazonaws.com/badges?uuid=${world.hex(32, "badge")}`
        : "",
    publicProjectAlias: "",
  }),
};

function refuse(call: Call): void {
  refuseRole(call);
  refuseSource(call);
  refuseImage(call);
  refuseNetwork(call);
}

function refuseRole({ world, inputs }: Call): void {
  const role = text(inputs, "serviceRole");
  if (!isTrusted(world, role, "codebuild.amazonaws.com"))
    throw invalid(`CodeBuild is not authorized to perform: sts:AssumeRole on ${role ?? ""}`);
}

/** A source without a place, or an archive that is none (CodeBuild API reference, "ProjectSource"; wordings not verified). */
function refuseSource({ inputs }: Call): void {
  const [type, location] = [text(inputs, "source.type"), text(inputs, "source.location")];
  if (type === "NO_SOURCE" && text(inputs, "source.buildspec") === undefined)
    throw invalid("Invalid project source: buildspec must be specified for a source of type NO_SOURCE");
  if (type === "S3" && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+(\.zip|\/)$/.test(location ?? ""))
    throw invalid("Invalid project source: location must be a valid S3 source");
}

/** An image of another account or a private one is fetched under the project's own role (API reference; not verified). */
function refuseImage({ inputs }: Call): void {
  const how = text(inputs, "environment.imagePullCredentialsType") ?? "CODEBUILD";
  if (how === "SERVICE_ROLE" && (text(inputs, "environment.image") ?? "").startsWith("aws/codebuild/"))
    throw invalid("Curated images must be pulled with CODEBUILD credentials");
}

/**
 * A network is given whole, and the role must see it when the project is made: a role whose policy comes later is the
 * error that everybody meets (github.com/aws/aws-cdk, issue 2652).
 */
function refuseNetwork({ world, inputs }: Call): void {
  if (at(inputs, "vpcConfig") === undefined) return;
  if (texts(inputs, "vpcConfig.subnets").length === 0 || texts(inputs, "vpcConfig.securityGroupIds").length === 0)
    throw invalid("Invalid vpc config: subnets and security groups are required"); // wording not verified
  if (texts(inputs, "vpcConfig.subnets").length > 16 || texts(inputs, "vpcConfig.securityGroupIds").length > 5)
    throw invalid("Invalid vpc config: at most 16 subnets and 5 security groups"); // wording not verified
  const role = roleByArn(world, text(inputs, "serviceRole") ?? "");
  if (role === undefined) return;
  const documents = [
    ...world
      .all("aws:iam/rolePolicy:RolePolicy")
      .filter((policy) => text(policy.inputs, "role") === role.id)
      .map((policy) => text(policy.inputs, "policy")),
    ...objects(role.inputs, "inlinePolicies").map((policy) => text(policy, "policy")),
  ];
  const attached = world
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .some((attachment) => text(attachment.inputs, "role") === role.id);
  // What is in a managed policy may be AWS's own text, which the twin has not.
  if (attached) return;
  const sees = documents.flatMap(statementsOf).some((one) => one.allows && speaksOf(one, "ec2:DescribeSecurityGroups"));
  if (!sees) throw invalid("Not authorized to perform DescribeSecurityGroups");
}

/** AWS CodeBuild: the runner inside the network (Terraform provider source; rule J36). */
export const codebuild: readonly Behaviour[] = [project];
