import type { Behaviour, Properties, Reference, Stored, World } from "../behaviour";
import { AwsError } from "../error";
import { regionalArn } from "./arn";
import { kept } from "./kept";
import { present, text, texts } from "./property";

const IMAGE = "aws:imagebuilder/image:Image";
const AMI = "aws:ec2/ami:Ami";
const INFRASTRUCTURE = "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration";

/** An image: its build happens inside the create and takes half an hour, and the AMI outlives it. */
export function imageBuild(recipeToken: string, references: readonly Reference[]): Behaviour {
  const recipeOf = (world: World, arn: string | undefined): Stored | undefined => world.findBy(recipeToken, "arn", arn);
  return {
    token: IMAGE,
    service: "imagebuilder",
    words: "Image Builder Image",
    replaces: "all",
    references,
    minutes: { create: 30, delete: 0.1 },
    defaults: () => ({
      enhancedImageMetadataEnabled: true,
      executionRole: "",
      imageScanningConfiguration: { ecrConfiguration: null, imageScanningEnabled: false },
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 },
      workflows: [],
    }),
    refuseCreate: ({ inputs }) => {
      if (present(inputs, "imageRecipeArn", "containerRecipeArn") !== 1)
        throw new AwsError(
          "InvalidParameterValueException",
          "exactly one of imageRecipeArn, containerRecipeArn must be given",
        );
    },
    id: ({ world, inputs }) => {
      const recipe = recipeOf(world, text(inputs, "imageRecipeArn"));
      const path = recipe?.id.split(":image-recipe/")[1] ?? "container/1.0.0";
      const builds = world.all(IMAGE).filter(({ id }) => id.includes(`:image/${path}/`)).length;
      return regionalArn(world, "imagebuilder", `image/${path}/${builds + 1}`);
    },
    outputs: ({ world, inputs }, id) => {
      const recipe = recipeOf(world, text(inputs, "imageRecipeArn"));
      const name = text(recipe?.properties ?? {}, "name") ?? "container";
      const ami = { accountId: world.accountId, description: "", image: amiId(world), name, region: world.region };
      return {
        arn: id,
        dateCreated: kept(world, IMAGE, id, "dateCreated", world.now()),
        name,
        osVersion: "",
        outputResources: [{ amis: [ami], containers: [] }],
        platform: recipe?.properties["platform"] ?? "Linux",
        version: id.split("/").slice(-2).join("/"),
      };
    },
    afterCreate: ({ world, inputs }, id) => {
      const properties = { imageId: amiId(world), architecture: architecture(world, inputs) };
      const note = `Image Builder made this AMI for ${id}; deleting the image does not deregister it`;
      world.makeBehindTheBack({ type: AMI, id: amiId(world), properties, note });
    },
  };
}

function amiId(world: World): string {
  return `ami-${world.hex(17, "ami")}`;
}

/** An image runs on the processor of the machine that built it; a letter g behind a family's generation is Graviton. */
function architecture(world: World, inputs: Properties): "arm64" | "x86_64" {
  const built = world.findBy(INFRASTRUCTURE, "arn", text(inputs, "infrastructureConfigurationArn"));
  const [type = ""] = texts(built?.inputs ?? {}, "instanceTypes");
  return /^([a-z]+\d+g|a1\.)/.test(type) ? "arm64" : "x86_64";
}
