import { type Caller, type Made, roleFor } from "../services";
import type { Careless } from "./scene";

const COMPONENT = "aws:imagebuilder/component:Component";
const RECIPE = "aws:imagebuilder/imageRecipe:ImageRecipe";
const PIPELINE = "aws:imagebuilder/imagePipeline:ImagePipeline";

const component = {
  name: "kernel",
  platform: "Linux",
  version: "1.0.0",
  data: "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: a, action: ExecuteBash, inputs: { commands: ['true'] } }\n",
};
const recipeOf = (componentArn: string, version: string) => ({
  name: "nodes",
  version,
  parentImage: "ami-0123456789abcdef0",
  components: [{ componentArn }],
});

/** A pipeline on a recipe of one component. */
async function pipelineOf(aws: Caller, more: object = {}): Promise<Readonly<Record<"made" | "recipe" | "line", Made>>> {
  const { name } = await aws.create("aws:iam/instanceProfile:InstanceProfile", { name: "builder" });
  const made = await aws.create(COMPONENT, component);
  const recipe = await aws.create(RECIPE, recipeOf(made.arn, "1.0.0"));
  const where = await aws.create("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", {
    instanceProfileName: name,
  });
  const line = await aws.create(PIPELINE, {
    name: "nodes",
    imageRecipeArn: recipe.arn,
    infrastructureConfigurationArn: where.arn,
    ...more,
  });
  return { made, recipe, line };
}

/** What Image Builder refuses. */
export const imagePrograms: readonly Careless[] = [
  [
    "imagebuilder",
    "changes a component without another version",
    "ResourceAlreadyExistsException",
    async (aws) => {
      await aws.create(COMPONENT, component);
      await aws.create(COMPONENT, { ...component, data: component.data.replace("true", "false") });
    },
  ],
  [
    "imagebuilder",
    "takes a number for a version that is larger than AWS counts",
    "InvalidParameterValueException",
    (aws) => aws.create(COMPONENT, { ...component, version: "1.0.1073741824" }),
  ],
  [
    "imagebuilder",
    "makes a component of something that is none",
    "InvalidParameterValueException",
    (aws) => aws.create(COMPONENT, { ...component, data: "#!/bin/bash\necho hello\n" }),
  ],
  [
    "imagebuilder",
    "deletes a component that a recipe holds",
    "ResourceDependencyException",
    async (aws) => {
      const made = await aws.create(COMPONENT, component);
      await aws.create(RECIPE, recipeOf(made.arn, "1.0.0"));
      await aws.delete(COMPONENT, made);
    },
  ],
  [
    "imagebuilder",
    "deletes a recipe before its pipeline turns to another",
    "ResourceDependencyException",
    async (aws) => {
      const { recipe } = await pipelineOf(aws);
      await aws.delete(RECIPE, recipe);
    },
  ],
  [
    "imagebuilder",
    "writes a schedule in five fields",
    "InvalidParameterValueException",
    (aws) => pipelineOf(aws, { schedule: { scheduleExpression: "cron(0 0 * * *)" } }),
  ],
  [
    "imagebuilder",
    "lets images go after a time without a unit",
    "InvalidParameterValueException",
    async (aws) =>
      aws.create("aws:imagebuilder/lifecyclePolicy:LifecyclePolicy", {
        name: "old",
        executionRole: (await roleFor(aws, "imagebuilder.amazonaws.com")).arn,
        resourceType: "AMI_IMAGE",
        policyDetails: [{ action: { type: "DELETE" }, filter: { type: "AGE", value: 6 } }],
        resourceSelection: { recipes: [{ name: "a", semanticVersion: "x.x.x" }] },
      }),
  ],
];

/** What it takes in the end: a script changes, and everything that is made of it is made beside the old and then goes. */
export async function anotherScript(aws: Caller): Promise<void> {
  const { made, recipe, line } = await pipelineOf(aws);
  const changed = { ...component, version: "1.0.1", data: component.data.replace("true", "false") };
  const next = await aws.create(COMPONENT, changed);
  const turned = await aws.create(RECIPE, recipeOf(next.arn, "1.0.1"));
  await aws.update(PIPELINE, line, { imageRecipeArn: turned.arn });
  await aws.delete(RECIPE, recipe);
  await aws.delete(COMPONENT, made);
}
