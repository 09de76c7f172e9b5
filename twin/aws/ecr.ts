import type { Behaviour, Call, Reference, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { refuseUnusableKey } from "./encryption-key";
import { resourceStatements } from "./policy-document";
import { nameOf, objects, text } from "./property";

const REPOSITORY = "aws:ecr/repository:Repository";
const SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** What was pushed to a repository; no Pulumi resource, but what keeps a repository from being deleted. */
const IMAGE = "aws:ecr/image:Image";

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);

const ofRepository: Reference = {
  path: "repository",
  to: REPOSITORY,
  missing: (name) => new AwsError("RepositoryNotFoundException", `The repository with name '${name}' does not exist`),
};

const imagesIn = (world: World, repository: string) =>
  world.all(IMAGE).filter(({ properties }) => properties["repositoryName"] === repository);

/** A small ECR resource: they differ in little but their id, and all of them name the registry. */
function registryPart(token: string, words: string, more: Partial<Behaviour> & Pick<Behaviour, "id">): Behaviour {
  return {
    token,
    service: "ECR",
    words: `ECR ${words}`,
    replaces: "all",
    minutes: { create: 0.05, update: 0.05, delete: 0.05 },
    outputs: ({ world }) => ({ registryId: world.accountId }),
    ...more,
  };
}

const repository: Behaviour = {
  token: REPOSITORY,
  service: "ECR",
  words: "ECR Repository",
  replaces: ["name", "encryptionConfigurations"],
  autoName: { property: "name" },
  minutes: { create: 0.05, update: 0.05, delete: 0.05 },
  defaults: () => ({
    encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: "" }],
    forceDelete: false,
    imageScanningConfiguration: { scanOnPush: false },
    imageTagMutability: "MUTABLE",
  }),
  refuseCreate: (call) => {
    const name = nameOf(call);
    if (!NAME.test(name))
      throw invalid(`Invalid parameter at 'repositoryName' failed to satisfy constraint: '${name}'`); // not verified
    if (call.world.find(REPOSITORY, name)) {
      const registry = `in the registry with id '${call.world.accountId}'`;
      throw new AwsError(
        "RepositoryAlreadyExistsException",
        `The repository with name '${name}' already exists ${registry}`,
      );
    }
    for (const encryption of objects(call.inputs, "encryptionConfigurations"))
      // Wording not verified.
      refuseUnusableKey(
        call.world,
        text(encryption, "kmsKey"),
        (key) => new AwsError("KmsException", `Invalid key ${key}`),
      );
  },
  refuseDelete: ({ world, stored }) => {
    if (stored.properties["forceDelete"] === true || imagesIn(world, stored.id).length === 0) return;
    throw new AwsError(
      "RepositoryNotEmptyException",
      `The repository with name '${stored.id}' in registry with id '${world.accountId}' cannot be deleted because it still contains images`,
    );
  },
  id: (call) => nameOf(call),
  outputs: ({ world }, id) => ({
    arn: regionalArn(world, "ecr", `repository/${id}`),
    registryId: world.accountId,
    repositoryUrl: `${world.accountId}.dkr.ecr.${world.region}.amazonaws.com/${id}`,
  }),
  afterDelete: ({ world, stored }) => {
    for (const { id } of imagesIn(world, stored.id)) world.takeAway(IMAGE, id);
  },
};

const policy = registryPart("aws:ecr/repositoryPolicy:RepositoryPolicy", "Repository Policy", {
  replaces: ["repository"],
  references: [ofRepository],
  refuseCreate: ({ inputs }) => {
    refuseText("PolicyText", resourceStatements(inputs["policy"]) !== undefined);
  },
  id: ({ inputs }) => text(inputs, "repository") ?? "",
});

const lifecycle = registryPart("aws:ecr/lifecyclePolicy:LifecyclePolicy", "Lifecycle Policy", {
  slot: ["repository"],
  references: [ofRepository],
  refuseCreate: ({ inputs }) => {
    refuseText("LifecyclePolicyText", /^\s*\{[^]*"rules"[^]*\}\s*$/.test(text(inputs, "policy") ?? ""));
  },
  id: ({ inputs }) => text(inputs, "repository") ?? "",
});

function refuseText(parameter: string, isValid: boolean): void {
  // Wording not verified.
  if (!isValid) throw invalid(`Invalid parameter at '${parameter}' failed to satisfy constraint: 'Invalid JSON'`);
}

const pullThroughCache = registryPart("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "Pull Through Cache Rule", {
  replaces: ["ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix"],
  refuseCreate: (call) => {
    const prefix = text(call.inputs, "ecrRepositoryPrefix") ?? "";
    if (prefix !== "ROOT" && (prefix.length < 2 || prefix.length > 30))
      throw invalid(`Invalid parameter at 'ecrRepositoryPrefix' failed to satisfy constraint: '${prefix}'`); // not verified
    if (call.world.findBy("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "ecrRepositoryPrefix", prefix))
      throw new AwsError(
        "PullThroughCacheRuleAlreadyExistsException",
        `A pull through cache rule with the prefix '${prefix}' already exists.`, // wording not verified
      );
    refuseCredential(call);
  },
  refuseUpdate: refuseCredential,
  // Repositories that pulls have filled stay.
  id: ({ inputs }) => text(inputs, "ecrRepositoryPrefix") ?? "",
  outputs: ({ world, inputs }) => ({
    registryId: world.accountId,
    upstreamRepositoryPrefix: inputs["upstreamRepositoryPrefix"] ?? "ROOT",
  }),
});

function refuseCredential({ world, inputs }: Call): void {
  const credential = text(inputs, "credentialArn");
  if (credential === undefined) return;
  if (!/:secret:ecr-pullthroughcache\//.test(credential))
    throw invalid("The secret's name must begin with 'ecr-pullthroughcache/'"); // code and wording not verified
  if (world.find("aws:secretsmanager/secret:Secret", credential)?.status !== "ACTIVE")
    throw new AwsError("SecretNotFoundException", `The ARN of the secret specified was not found: ${credential}`); // not verified
}

const scanning = registryPart(SCANNING, "Registry Scanning Configuration", {
  replaces: [],
  refuseCreate: refuseFrequencies,
  refuseUpdate: refuseFrequencies,
  // One a registry: creating it only writes over what is there, deleting it goes back to BASIC without rules.
  id: ({ world }) => world.accountId,
});

function refuseFrequencies({ inputs }: Call): void {
  const type = text(inputs, "scanType") ?? "";
  if (!["BASIC", "ENHANCED"].includes(type)) throw invalid(`scanType must be BASIC or ENHANCED, got "${type}"`);
  for (const rule of objects(inputs, "rules"))
    if (type === "BASIC" && text(rule, "scanFrequency") === "CONTINUOUS_SCAN")
      throw invalid("CONTINUOUS_SCAN needs the scan type ENHANCED"); // wording not verified
}

const template = registryPart(
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
  "Repository Creation Template",
  {
    replaces: ["prefix"],
    defaults: () => ({
      encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: "" }],
      imageTagMutability: "MUTABLE",
    }),
    refuseCreate: ({ world, inputs }) => {
      const prefix = text(inputs, "prefix") ?? "";
      if (world.findBy("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "prefix", prefix))
        throw new AwsError("TemplateAlreadyExistsException", `A template with the prefix '${prefix}' already exists.`); // not verified
    },
    id: ({ inputs }) => text(inputs, "prefix") ?? "",
  },
);

/** Amazon ECR: repositories, their policies and the registry's settings (Terraform provider source; rule J61). */
export const ecr: readonly Behaviour[] = [repository, policy, lifecycle, pullThroughCache, scanning, template];
