import type { Behaviour, Call, Properties, Reference, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { imageBuild } from "./imagebuilder-image";
import { documentKind } from "./imagebuilder-document";
import { kept } from "./kept";
import { nameOf, objects, present, text } from "./property";

const NOUNS = {
  component: "aws:imagebuilder/component:Component",
  imageRecipe: "aws:imagebuilder/imageRecipe:ImageRecipe",
  infrastructure: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
  distribution: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
  pipeline: "aws:imagebuilder/imagePipeline:ImagePipeline",
  lifecycle: "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy",
};

/** The error of a call whose inputs contradict each other or name nothing that exists. */
const invalid = (message: string): AwsError => new AwsError("InvalidParameterValueException", message);

/** An input that names another Image Builder resource by its ARN; what is in use stays (code not verified). */
const names = (path: string, to: keyof typeof NOUNS): Reference => ({
  path,
  to: NOUNS[to],
  by: "arn",
  // AWS and third parties publish components of their own.
  unless: (arn) => /^arn:aws:imagebuilder:[^:]*:(aws|aws-marketplace):/.test(arn),
  missing: (arn) => invalid(`The value supplied for parameter is not valid: ${arn} does not exist`), // wording not verified
  held: ({ id }) => new AwsError("ResourceDependencyException", `Resource dependency error: ${id} is in use`),
});

/** The ARN of a resource: names are written in lower case with hyphens. */
const arnOf = (call: Call, kind: string, suffix = ""): string =>
  regionalArn(call.world, "imagebuilder", `${kind}/${nameOf(call).toLowerCase().replace(/[ _]/g, "-")}${suffix}`);

/** The region-wide ARN is the id, made once; a second of the same name and version is refused. */
function part(token: string, words: string, more: Partial<Behaviour> & Pick<Behaviour, "id">): Behaviour {
  return {
    token,
    service: "imagebuilder",
    words: `Image Builder ${words}`,
    replaces: ["name"],
    autoName: { property: "name" },
    minutes: { create: 0.05, update: 0.05, delete: 0.05 },
    outputs: ({ world }, id) => ({ arn: id, ...times(world, token, id) }),
    ...more,
    refuseCreate: (call) => {
      if (call.world.find(token, more.id(call)))
        throw new AwsError("ResourceAlreadyExistsException", `Resource ${more.id(call)} already exists.`); // wording not verified
      more.refuseCreate?.(call);
    },
  };
}

function times(world: World, token: string, id: string): Properties {
  return {
    dateCreated: kept(world, token, id, "dateCreated", world.now()),
    dateUpdated: world.find(token, id) ? world.now() : "",
  };
}

function refuseVersion({ inputs }: Call): void {
  const version = text(inputs, "version") ?? "";
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw invalid(`version "${version}" must be major.minor.patch`);
  // Each place holds at most 2^30-1 (API reference, CreateComponent).
  if (version.split(".").some((place) => Number(place) >= 2 ** 30))
    throw invalid(`version "${version}" has a number above 1073741823`); // wording not verified
}

const component = part(NOUNS.component, "Component", {
  replaces: "all",
  refuseCreate: (call) => {
    refuseVersion(call);
    if (present(call.inputs, "data", "uri") !== 1) throw invalid("exactly one of data, uri must be given");
    if ((text(call.inputs, "data") ?? "").length > 16000) throw invalid("data must have at most 16000 characters");
    const data = text(call.inputs, "data");
    if (data !== undefined && documentKind(data) === undefined)
      throw invalid("The value supplied for parameter 'data' is not valid: not a component document"); // wording not verified
  },
  defaults: () => ({ data: "", skipDestroy: false }),
  id: (call) => arnOf(call, "component", `/${text(call.inputs, "version") ?? ""}/1`),
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    dateCreated: kept(world, NOUNS.component, id, "dateCreated", world.now()),
    encrypted: true,
    owner: world.accountId,
    type: documentKind(text(inputs, "data") ?? "") ?? "BUILD",
  }),
});

const recipe = part(NOUNS.imageRecipe, "Image Recipe", {
  replaces: "all",
  references: [names("components[].componentArn", "component")],
  refuseCreate: (call) => {
    refuseVersion(call);
    if (objects(call.inputs, "components").length === 0) throw invalid("a recipe needs at least one component");
    const parent = text(call.inputs, "parentImage") ?? "";
    if (!/^(ssm:.|ami-|arn:)/.test(parent)) throw invalid(`parentImage "${parent}" is no AMI, ARN or parameter`);
  },
  defaults: () => ({ systemsManagerAgent: { uninstallAfterBuild: false }, userDataBase64: "" }),
  id: (call) => arnOf(call, "image-recipe", `/${text(call.inputs, "version") ?? ""}`),
  outputs: ({ world, inputs }, id) => {
    const first = world.findBy(NOUNS.component, "arn", text(objects(inputs, "components")[0] ?? {}, "componentArn"));
    return {
      arn: id,
      dateCreated: kept(world, NOUNS.imageRecipe, id, "dateCreated", world.now()),
      owner: world.accountId,
      platform: first?.properties["platform"] ?? "Linux",
    };
  },
});

const infrastructure = part(NOUNS.infrastructure, "Infrastructure Configuration", {
  defaults: () => ({ terminateInstanceOnFailure: false }),
  references: [
    {
      path: "instanceProfileName",
      to: "aws:iam/instanceProfile:InstanceProfile",
      by: "name",
      missing: (name) =>
        invalid(
          `The value supplied for parameter 'instanceProfileName' is not valid. The provided instance profile does not exist: ${name}`,
        ),
    },
    {
      path: "subnetId",
      to: "aws:ec2/subnet:Subnet",
      missing: (id) => invalid(`The subnet ID '${id}' does not exist`), // wording not verified
    },
  ],
  id: (call) => arnOf(call, "infrastructure-configuration"),
});

const distribution = part(NOUNS.distribution, "Distribution Configuration", {
  required: ["distributions.region"],
  id: (call) => arnOf(call, "distribution-configuration"),
});

const pipeline = part(NOUNS.pipeline, "Image Pipeline", {
  references: [
    names("infrastructureConfigurationArn", "infrastructure"),
    names("imageRecipeArn", "imageRecipe"),
    names("distributionConfigurationArn", "distribution"),
  ],
  defaults: () => ({
    enhancedImageMetadataEnabled: true,
    imageScanningConfiguration: { ecrConfiguration: null, imageScanningEnabled: false },
    imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 },
    status: "ENABLED",
    workflows: [],
  }),
  refuseCreate: ({ inputs }) => {
    if (present(inputs, "imageRecipeArn", "containerRecipeArn") !== 1)
      throw invalid("exactly one of imageRecipeArn, containerRecipeArn must be given");
    // Five fields were accepted once ("Use cron expressions in EC2 Image Builder").
    for (const { scheduleExpression: when } of objects(inputs, "schedule"))
      if (!/^(cron\((\S+ ){5}\S+\)|rate\(.+\))$/.test(typeof when === "string" ? when : ""))
        throw invalid(`The value supplied for parameter 'schedule.scheduleExpression' is not valid: ${String(when)}`);
  },
  id: (call) => arnOf(call, "image-pipeline"),
  outputs: ({ world, inputs }, id) => ({
    arn: id,
    ...times(world, NOUNS.pipeline, id),
    dateLastRun: "",
    dateNextRun: "",
    platform: world.findBy(NOUNS.imageRecipe, "arn", inputs["imageRecipeArn"])?.properties["platform"] ?? "Linux",
  }),
});

const lifecycle = part(NOUNS.lifecycle, "Lifecycle Policy", {
  replaces: ["name", "resourceType"],
  defaults: () => ({ status: "ENABLED" }),
  references: [
    {
      path: "executionRole",
      to: "aws:iam/role:Role",
      by: "arn",
      missing: (arn) => invalid(`The value supplied for parameter 'executionRole' is not valid: ${arn}`), // wording not verified
    },
  ],
  refuseCreate: ({ inputs }) => {
    for (const { filter } of objects(inputs, "policyDetails")) {
      const { type, unit } = (filter ?? {}) as Properties;
      if (type === "AGE" && unit === undefined) throw invalid("an age needs a unit");
      if (type !== "AGE" && type !== "COUNT") throw invalid(`filter type "${String(type)}" must be AGE or COUNT`);
    }
  },
  id: (call) => arnOf(call, "lifecycle-policy"),
});

/** EC2 Image Builder (Terraform provider source). */
export const imagebuilder: readonly Behaviour[] = [
  component,
  recipe,
  infrastructure,
  distribution,
  pipeline,
  lifecycle,
  imageBuild(NOUNS.imageRecipe, [
    names("infrastructureConfigurationArn", "infrastructure"),
    names("imageRecipeArn", "imageRecipe"),
    names("distributionConfigurationArn", "distribution"),
  ]),
];
