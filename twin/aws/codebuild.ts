import type { Behaviour, Call, Reference } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { isTrusted } from "./policy-document";
import { nameOf, text } from "./property";

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
    refuseRole(call);
  },
  refuseUpdate: refuseRole,
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

function refuseRole({ world, inputs }: Call): void {
  const role = text(inputs, "serviceRole");
  if (!isTrusted(world, role, "codebuild.amazonaws.com"))
    throw invalid(`CodeBuild is not authorized to perform: sts:AssumeRole on ${role ?? ""}`);
}

/** AWS CodeBuild: the runner inside the network (Terraform provider source; rule J36). */
export const codebuild: readonly Behaviour[] = [project];
