import type { ImageBlueprint } from "../options/images";
import type { Path } from "../problem";
import { type Findings, type Partly, present, type Rule } from "./rule";

/** What an address of a mirror looks like: TLS, a name of two parts or more, no credentials, nothing that a shell reads. */
const MIRROR = /^https:\/\/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(\/[A-Za-z0-9._~-]+)*\/?$/;

/** Each image is of one kind, and its build finds a way to what it needs. */
export const images: Rule = function* (blueprint) {
  if (blueprint.layer !== "cluster") return;
  const asked = present(blueprint.images);
  if (asked.length === 0) return;

  if (blueprint.network?.mode === "create" && blueprint.network.nat === "none")
    yield {
      path: ["images"],
      got: "images in a network without a way out",
      allowed: "images where network.nat is per-zone or one: a build calls EC2 Image Builder and fetches packages",
      fix: "remove `images`, or write network.nat: per-zone",
    };
  const kind = ({ family, architecture }: Partly<ImageBlueprint>) =>
    family === undefined || architecture === undefined ? undefined : `${family} for ${architecture}`;
  for (const [index, image] of asked) {
    const path: Path = ["images", index];
    const own = kind(image);
    if (own !== undefined && asked.some(([earlier, other]) => earlier < index && kind(other) === own))
      yield {
        path,
        got: `a second image of ${own}`,
        allowed: "each family and architecture once",
        fix: "remove it, or write architecture: arm64",
      };
    yield* mirror(image, path);
  }
};

function* mirror({ family, mirror }: Partly<ImageBlueprint>, image: Path): Findings {
  if (mirror === undefined) return;
  const path = [...image, "mirror"];
  if (family === "al2023")
    yield {
      path,
      allowed: "no mirror for al2023: its repositories are reached by TLS",
      fix: "remove `mirror`",
    };
  if (!MIRROR.test(mirror))
    yield {
      path,
      allowed: "an address that begins https://, has a DNS name in lower case, no credentials, port or query",
      fix: "write mirror: https://mirror.example.com/ubuntu",
    };
}
