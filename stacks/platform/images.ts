import facts from "../../facts/images.json";

/** An image that a chart of the platform runs. */
export type ImageName = keyof typeof facts.images;

/** Where our own copies of the images lie, and which content each of them has. */
export interface ImagesArgs {
  /** Registry with the prefix of the copies, as `bulwark mirror` wrote them. */
  readonly registry: string;
  /** By name; `sha256:` and 64 hexadecimal digits. */
  readonly digests: Readonly<Record<string, string>>;
}

/** One image in the forms in which charts want it. */
export interface Image {
  readonly registry: string;
  /** The image's name below the registry. */
  readonly repository: string;
  /** The version that the content has upstream: for people only, the digest decides. */
  readonly tag: string;
  readonly digest: string;
  /** `registry/repository@digest`. */
  readonly reference: string;
}

/** Every image that may be asked for, in the order of the table. */
export const IMAGE_NAMES = Object.keys(facts.images) as readonly ImageName[];

/**
 * Finds images in our own registry. Nothing is pulled from where others publish: a tag there can be moved, and a registry
 * can be down when a node has to start.
 *
 * @throws Error for a name that is not in facts/images.json, and for an image without a digest
 *
 * @control charts-images-by-digest
 */
export function imageSource({ registry, digests }: ImagesArgs): (name: string) => Image {
  return (name) => {
    const fact = Object.entries(facts.images).find(([each]) => each === name)?.[1];
    if (fact === undefined)
      throw new Error(`no chart runs an image "${name}"; facts/images.json knows ${IMAGE_NAMES.join(", ")}`);
    const digest = digests[name];
    if (digest === undefined)
      throw new Error(
        `image "${name}" has no digest; copy it with \`bulwark mirror\` and write images.digests.${name}`,
      );
    return { registry, repository: name, tag: fact.tag, digest, reference: `${registry}/${name}@${digest}` };
  };
}
