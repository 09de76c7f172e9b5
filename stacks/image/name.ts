import type { ImageBlueprint } from "../blueprint/options/images";
import type { ClusterBlueprint } from "../blueprint/schema";

/** One image of the blueprint, and what all that belongs to it has in common. */
export interface Plan {
  readonly blueprint: ClusterBlueprint;
  readonly image: ImageBlueprint;
}

/** What an image is called besides its cluster's name; each family and architecture is there once. */
export function kindOf({ family, architecture }: ImageBlueprint): string {
  return `${family}-${architecture.replace("_", "-")}`;
}

/** The name of an image's recipe, and the beginning of all that belongs to it. */
export function nameOf({ blueprint, image }: Plan): string {
  return `bulwark-${blueprint.cluster.name}-${kindOf(image)}`;
}

/** The log group of an image: Image Builder's own role may write nowhere but under `/aws/imagebuilder/`. */
export function logGroupName(plan: Plan): string {
  return `/aws/imagebuilder/${nameOf(plan)}`;
}
