import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Keys } from "../keys";
import { buildDocument, testDocument } from "./document";
import { topics } from "./items";
import { kindOf, nameOf, type Plan } from "./name";
import { parentImage } from "./source";
import { versionOf } from "./version";

/**
 * What an image is made of: its base, our components, and an encrypted volume. Whatever changes, the recipe gets another
 * version, is made beside the old one, and the pipelines turn to it before the old one goes.
 *
 * @control image-hardened
 * @control image-pinned
 */
export function recipe(
  name: string,
  plan: Plan,
  keys: Pick<Keys, "disks">,
  opts: pulumi.CustomResourceOptions,
): aws.imagebuilder.ImageRecipe {
  const { blueprint, image } = plan;
  const components = topics(image).flatMap((topic) => [
    component(name, plan, topic.name, buildDocument(topic), opts),
    component(name, plan, `${topic.name}-test`, testDocument(topic), opts),
  ]);
  const content = {
    name: nameOf(plan),
    description: `Hardened nodes of EKS cluster ${blueprint.cluster.name}`,
    parentImage: parentImage(image, blueprint.cluster.version),
  };
  const volume = { volumeType: "gp3", volumeSize: image.diskGiB, deleteOnTermination: "true" };
  const versions = components.map(({ version }) => version);

  return new aws.imagebuilder.ImageRecipe(
    `${name}-${kindOf(image)}`,
    {
      ...content,
      version: versionOf({ ...content, volume, versions }),
      components: components.map(({ made }) => ({ componentArn: made.arn })),
      blockDeviceMappings: [
        {
          deviceName: ROOT_DEVICE[image.family],
          /** @control image-encrypted */
          ebs: { ...volume, encrypted: "true", kmsKeyId: keys.disks.arn },
        },
      ],
    },
    opts,
  );
}

/** Where the base images have their only volume. */
const ROOT_DEVICE = { ubuntu: "/dev/sda1", al2023: "/dev/xvda" } as const;

function component(
  name: string,
  plan: Plan,
  suffix: string,
  data: string,
  opts: pulumi.CustomResourceOptions,
): { readonly made: aws.imagebuilder.Component; readonly version: string } {
  const content = { name: `${nameOf(plan)}-${suffix}`, platform: "Linux", data };
  const version = versionOf(content);
  const made = new aws.imagebuilder.Component(`${name}-${kindOf(plan.image)}-${suffix}`, { ...content, version }, opts);
  return { made, version };
}
