import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The placeholder of an image, by whose it is and the processor it runs on. */
export const IMAGES = {
  canonical: { x86_64: "ami-00000ca0", arm64: "ami-00000ca1" },
  own: { x86_64: "ami-000000e0", arm64: "ami-000000e1" },
} as const;

/** The Kubernetes version of Canonical's images. */
export const UBUNTU_FOR = "1.35";

/** The real ids of the images whose placeholders stand in a text: Canonical's looked up, ours built. */
export function imageIds(text: string): Record<string, pulumi.Output<string>> {
  const found = (["x86_64", "arm64"] as const).flatMap((architecture) => [
    [IMAGES.canonical[architecture], () => published(architecture)] as const,
    [IMAGES.own[architecture], () => built(architecture)] as const,
  ]);
  return Object.fromEntries(found.filter(([id]) => text.includes(id)).map(([id, real]) => [id, real()]));
}

function published(architecture: "x86_64" | "arm64"): pulumi.Output<string> {
  const name = `ubuntu-eks/k8s_${UBUNTU_FOR}/*`;
  const filters = [
    { name: "name", values: [name] },
    { name: "architecture", values: [architecture] },
  ];
  return aws.ec2.getAmiOutput({ owners: ["099720109477"], filters }).id;
}

function built(architecture: "x86_64" | "arm64"): pulumi.Output<string> {
  const component = "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/x.x.x";
  const profile = new aws.iam.InstanceProfile(`build-${architecture}`, { name: `build-${architecture}` });
  const recipe = new aws.imagebuilder.ImageRecipe(architecture, {
    name: architecture,
    components: [{ componentArn: component }],
    parentImage: "ami-0123456789abcdef0",
    version: "1.0.0",
  });
  const machine = new aws.imagebuilder.InfrastructureConfiguration(architecture, {
    name: architecture,
    instanceProfileName: profile.name,
    instanceTypes: [{ x86_64: "m6i.large", arm64: "m6g.large" }[architecture]],
  });
  const { outputResources } = new aws.imagebuilder.Image(architecture, {
    imageRecipeArn: recipe.arn,
    infrastructureConfigurationArn: machine.arn,
  });
  return outputResources.apply((all) => all[0]?.amis[0]?.image ?? "");
}
