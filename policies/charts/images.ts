const DIGEST = /sha256:[0-9a-f]{64}$/;

/**
 * Where the charts we know take their images from, read from their templates: absent there means the project's own tag. The
 * gateway's is the literal `auto`, which istiod replaces by its own proxy; the others here run nothing.
 */
const IMAGES: Readonly<Record<string, readonly string[]>> = {
  base: [],
  "karpenter-crd": [],
  gateway: [],
  istiod: ["image", "global.proxy.image", "global.proxy_init.image"],
  cni: ["image"],
  "cert-manager": ["image", "webhook.image", "cainjector.image", "acmesolver.image"],
  "external-secrets": ["image", "webhook.image"],
  "aws-load-balancer-controller": ["image"],
  karpenter: ["controller.image"],
  falco: ["image"],
  falcosidekick: ["image"],
};

/** Images that a chart runs only if a switch says so, which is on where nothing is said. */
const SWITCHED: Readonly<Record<string, readonly (readonly [image: string, by: string])[]>> = {
  "cert-manager": [["startupapicheck.image", "startupapicheck.enabled"]],
  "external-secrets": [["certController.image", "certController.create"]],
  falco: [
    ["falcoctl.image", "falcoctl.artifact.install.enabled"],
    ["falcoctl.image", "falcoctl.artifact.follow.enabled"],
  ],
};

/**
 * The places at which a chart's values leave an image to a tag: those where the chart is known to take one, and besides every
 * image that the values themselves name. A chart that nobody knows must name at least one.
 */
export function unpinned(chart: string, values: unknown): string[] {
  const known = IMAGES[chart];
  const switched = (SWITCHED[chart] ?? []).filter(([, by]) => at(values, by) !== false).map(([image]) => image);
  const must = [...(known ?? []), ...switched].filter((path) => !isPinned(at(values, path)));
  const named = namedImages(values, "");
  const said = named.filter(([, image]) => !isPinned(image)).map(([path]) => path);
  const nothing = known === undefined && named.length === 0 ? ["image"] : [];
  return [...new Set([...must, ...said, ...nothing])];
}

function isPinned(image: unknown): boolean {
  if (typeof image === "string") return DIGEST.test(image);
  if (typeof image !== "object" || image === null) return false;
  const { digest, tag } = image as { readonly digest?: unknown; readonly tag?: unknown };
  return [digest, tag].some((one) => typeof one === "string" && DIGEST.test(one));
}

/** Everything called an image that is not switched off beside it, and every object that names a repository. */
function namedImages(values: unknown, path: string): (readonly [path: string, image: unknown])[] {
  if (typeof values !== "object" || values === null) return [];
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (/(^i|I)mage$/.test(key) && isImage(value)) return [[here, value] as const];
    return namedImages(value, here);
  });
}

// Of an object, only what says which image: `{ pullPolicy: … }` alone leaves the rest to the chart.
function isImage(value: unknown): boolean {
  if (typeof value === "string") return value !== "" && value !== "auto";
  return typeof value === "object" && value !== null && ("repository" in value || "tag" in value || "digest" in value);
}

function at(values: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
      values,
    );
}
