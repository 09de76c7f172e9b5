import facts from "../../facts/image-builds.json";
import type { ImageBlueprint } from "../blueprint/options/images";
import type { ClusterBlueprint } from "../blueprint/schema";

type Builds = Pick<ClusterBlueprint, "images" | "region">;

/**
 * The image that another is built from: the newest that AWS or Canonical publishes for the cluster's version, by the
 * parameter in which it is published. Image Builder reads the parameter at each build.
 *
 * @control image-base-known
 */
export function parentImage({ family, architecture }: ImageBlueprint, version: string): string {
  const word = family === "ubuntu" && architecture === "x86_64" ? "amd64" : architecture;
  return `ssm:${facts.parents[family].replace("{version}", version).replace("{architecture}", word)}`;
}

/** The names that a build must resolve besides those that every cluster resolves. */
export function buildNames({ images, region }: Builds): readonly string[] {
  return needed(images, facts.names, region).concat(
    images.flatMap(({ mirror }) => (mirror === undefined ? [] : [new URL(mirror).hostname])),
  );
}

/** The buckets of AWS from which a build reads its tools and packages. */
export function buildBuckets({ images, region }: Builds): readonly string[] {
  return needed(images, facts.buckets, region);
}

function needed(images: Builds["images"], table: typeof facts.names, region: string): string[] {
  if (images.length === 0) return [];
  const all = [...table.all, ...images.flatMap(({ family }) => table[family] as readonly string[])];
  return [...new Set(all)].map((text) => text.replaceAll("{region}", region));
}
