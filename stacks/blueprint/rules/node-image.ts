import facts from "../../../facts/ubuntu-images.json";
import type { Pool } from "../options/nodes";
import type { Path } from "../problem";
import type { Findings, Partly } from "./rule";

type PartlyPool = Partly<Pool>;

const KNOWN = Object.keys(facts.bootstrap);

/** A pool's image is one that its operating system, its level and its cluster's version can have. */
export function* image(pool: PartlyPool, path: Path, version: string | undefined): Findings {
  const { os, cis } = pool;
  if ((os === "al2023" || os === "ubuntu") && cis === 2)
    yield {
      path: [...path, "cis"],
      allowed: `1 on ${os}: level 2 also needs kernel settings that only an image of its own can carry`,
      fix: "write cis: 1, or os: bottlerocket",
    };
  yield* origin(pool, path);
  if (os === "ubuntu" && version !== undefined && !KNOWN.includes(version))
    yield {
      path: [...path, "os"],
      got: `ubuntu for Kubernetes ${version}`,
      allowed: `ubuntu with Kubernetes ${KNOWN.join(" or ")}: how Canonical's image of another version joins a cluster is not published`,
      fix: `write cluster.version: "${KNOWN.at(-1) ?? ""}", or os: bottlerocket`,
    };
  yield* release(pool, path, version);
}

/** Whose image it is. */
function* origin({ os, image }: PartlyPool, path: Path): Findings {
  const at = [...path, "image"];
  if (os === "ubuntu" && image?.from === "eks")
    yield {
      path: at,
      got: "EKS's own image",
      allowed: "an image by id on ubuntu: EKS offers none of its own",
      fix: "write image: { from: canonical, id: … } with the id that `aws ssm get-parameter` names, see docs/ubuntu.md",
    };
  if (image?.from === undefined || image.from === "eks") return;
  if (os === "bottlerocket")
    yield {
      path: at,
      allowed: "no image on bottlerocket: EKS picks AWS's own, which is signed and updated as a whole",
      fix: "remove `image`, or pin the image with `release`",
    };
  else if (os === "al2023" && image.from === "canonical")
    yield { path: [...at, "from"], allowed: "own on al2023: Canonical makes Ubuntu", fix: "write os: ubuntu" };
}

function* release({ os, image, release }: PartlyPool, path: Path, version: string | undefined): Findings {
  if (release === undefined || os === undefined) return;
  if (os === "ubuntu" || (image !== undefined && image.from !== "eks"))
    return yield {
      path: [...path, "release"],
      allowed: "no release beside an image: the id is the release, and EKS refuses both",
      fix: "remove `release`",
    };
  const form = { bottlerocket: /^\d+\.\d+\.\d+-[0-9a-f]{8}$/, al2023: /^1\.\d+\.\d+-\d{8}$/ }[os];
  const write = { bottlerocket: "release: 1.66.0-1a2b3c4d", al2023: `release: ${version ?? "1.36"}.2-20261112` }[os];
  if (!form.test(release))
    yield { path: [...path, "release"], allowed: `a release of ${os}`, fix: `write ${write}, or leave it out` };
  else if (os === "al2023" && version !== undefined && !release.startsWith(`${version}.`))
    yield {
      path: [...path, "release"],
      allowed: `a release for Kubernetes ${version}, the cluster's version`,
      fix: `write ${write}, or leave it out`,
    };
}
