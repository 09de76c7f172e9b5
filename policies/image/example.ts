import type * as aws from "@pulumi/aws";

import { token } from "../control";

export const COMPONENT = token<aws.imagebuilder.ComponentArgs>("aws:imagebuilder/component:Component");
export const RECIPE = token<aws.imagebuilder.ImageRecipeArgs>("aws:imagebuilder/imageRecipe:ImageRecipe");
export const PIPELINE = token<aws.imagebuilder.ImagePipelineArgs>("aws:imagebuilder/imagePipeline:ImagePipeline");
export const BUILDER = token<aws.imagebuilder.InfrastructureConfigurationArgs>(
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
);
export const DISTRIBUTION = token<aws.imagebuilder.DistributionConfigurationArgs>(
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
);
export const LIFECYCLE = token<aws.imagebuilder.LifecyclePolicyArgs>(
  "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy",
);

/** What the machines of a build cannot do without, for examples. */
export const builder = { instanceProfileName: "bulwark-production-images" };

const arn = (what: string) => `arn:aws:imagebuilder:eu-central-1:111122223333:${what}`;

/** What a recipe cannot do without, for examples. */
export const recipe = {
  parentImage: "ssm:/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/image_id",
  version: "1.2.3",
  components: [{ componentArn: arn("component/bulwark-production-kernel/1.2.3/1") }],
};

/** What a pipeline cannot do without, for examples. */
export const pipeline = {
  imageRecipeArn: arn("image-recipe/bulwark-production/1.2.3"),
  infrastructureConfigurationArn: arn("infrastructure-configuration/bulwark-production"),
};
