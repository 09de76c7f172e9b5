import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { builder } from "./builder";
import { kindOf } from "./name";
import { pipelines } from "./pipeline";
import { recipe } from "./recipe";
import { retention } from "./retention";

export interface ImagesArgs {
  readonly blueprint: ClusterBlueprint;
  readonly network: Pick<Network, "vpcId" | "privateSubnetIds" | "securityGroups">;
  readonly keys: Pick<Keys, "disks" | "logs">;
}

/**
 * The hardened node images of one cluster: for each a recipe of our components, the pipelines that build and test it, and
 * the end of old ones. What they build stays in this account, encrypted.
 */
export class Images extends pulumi.ComponentResource {
  /** The ARN of each pipeline, by image and schedule; a first image is asked for by starting one. */
  readonly pipelines: pulumi.Output<Readonly<Record<string, readonly string[]>>>;

  constructor(name: string, { blueprint, network, keys }: ImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulwark:index:Images", name, {}, opts);
    const own = { parent: this };

    const shared = builder(name, blueprint, network, own);
    const made = blueprint.images.map((image) => {
      const plan = { blueprint, image };
      const one = recipe(name, plan, keys, own);
      return { one, lines: pipelines(name, { plan, recipe: one, builder: shared, network, keys }, own) };
    });
    retention(
      name,
      blueprint,
      made.map(({ one }) => one),
      own,
    );

    const arns = blueprint.images.map((image, index) => [
      kindOf(image),
      pulumi.all((made[index]?.lines ?? []).map(({ arn }) => arn)),
    ]);
    this.pipelines = pulumi.output(Object.fromEntries(arns) as Record<string, pulumi.Output<string[]>>);
    this.registerOutputs();
  }
}
