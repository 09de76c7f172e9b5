import { roleFor } from "../services";
import type { Careless } from "./scene";

/** What builds, images, backups and parameters are refused. */
export const deliveryPrograms: readonly Careless[] = [
  [
    "ecr",
    "deletes a repository with images",
    "RepositoryNotEmptyException",
    async (aws) => {
      const made = await aws.create("aws:ecr/repository:Repository", { name: "mirror/coredns" });
      aws.happens("aws:ecr/image:Image", "sha256:x", { repositoryName: "mirror/coredns" });
      await aws.delete("aws:ecr/repository:Repository", made);
    },
  ],
  [
    "signer",
    "uses the name of a canceled profile",
    "ConflictException",
    async (aws) => {
      const profile = { name: "images", platformId: "Notation-OCI-SHA384-ECDSA" };
      await aws.delete(
        "aws:signer/signingProfile:SigningProfile",
        await aws.create("aws:signer/signingProfile:SigningProfile", profile),
      );
      await aws.create("aws:signer/signingProfile:SigningProfile", profile);
    },
  ],
  [
    "backup",
    "deletes a vault with backups",
    "InvalidRequestException",
    async (aws) => {
      const made = await aws.create("aws:backup/vault:Vault", { name: "daily" });
      aws.happens("aws:backup/recoveryPoint:RecoveryPoint", "point", { backupVaultName: "daily" });
      await aws.delete("aws:backup/vault:Vault", made);
    },
  ],
  [
    "backup",
    "deletes a plan before its selections",
    "InvalidRequestException",
    async (aws) => {
      await aws.create("aws:backup/vault:Vault", { name: "daily" });
      const plan = await aws.create("aws:backup/plan:Plan", { rules: [{ ruleName: "x", targetVaultName: "daily" }] });
      const iamRoleArn = (await roleFor(aws, "backup.amazonaws.com")).arn;
      await aws.create("aws:backup/selection:Selection", { planId: plan.id, iamRoleArn });
      await aws.delete("aws:backup/plan:Plan", plan);
    },
  ],
  [
    "imagebuilder",
    "builds with an instance profile that is not there",
    "InvalidParameterValueException",
    (aws) =>
      aws.create("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", {
        instanceProfileName: "nobody",
      }),
  ],
  [
    "ssm",
    "writes over a parameter without saying so",
    "ParameterAlreadyExists",
    async (aws) => {
      const parameter = { name: "/a", type: "String", value: "x" };
      await aws.create("aws:ssm/parameter:Parameter", parameter);
      await aws.create("aws:ssm/parameter:Parameter", parameter);
    },
  ],
  [
    "codebuild",
    "builds under a role of another service",
    "InvalidInputException",
    async (aws) =>
      aws.create("aws:codebuild/project:Project", { serviceRole: (await roleFor(aws, "ec2.amazonaws.com")).arn }),
  ],
  [
    "codebuild",
    "builds a bucket without an archive in it",
    "InvalidInputException",
    async (aws) => {
      const role = await roleFor(aws, "codebuild.amazonaws.com");
      await aws.create("aws:codebuild/project:Project", {
        serviceRole: role.arn,
        source: { type: "S3", location: "archives" },
      });
    },
  ],
  [
    "codebuild",
    "fetches AWS's own image under its own role",
    "InvalidInputException",
    async (aws) => {
      const role = await roleFor(aws, "codebuild.amazonaws.com");
      await aws.create("aws:codebuild/project:Project", {
        serviceRole: role.arn,
        environment: { image: "aws/codebuild/standard:7.0", imagePullCredentialsType: "SERVICE_ROLE" },
      });
    },
  ],
  [
    "budgets",
    "makes a budget twice",
    "DuplicateRecordException",
    async (aws) => {
      const budget = { name: "month", budgetType: "COST", timeUnit: "MONTHLY" };
      await aws.create("aws:budgets/budget:Budget", budget);
      await aws.create("aws:budgets/budget:Budget", budget);
    },
  ],
];
