import type { Hostile } from "./row";

const system = (text: string) => ({ "cluster:": `nodes: { pools: { system: ${text} } }\n    cluster:` });
const canonical = "{ from: canonical, id: ami-0123456789abcdef0 }";
const own = (more: string) => `{ from: own, id: ami-0123456789abcdef0${more} }`;
const at135 = { "version:": 'version: "1.35"' };
const why = "reason: the sensor cannot read tags on one hop, by: a@example.com";

/** Images of unknown make, and metadata that pods can reach. */
export const images: readonly Hostile[] = [
  {
    name: "Ubuntu from whatever image there is",
    change: { ...system("{ os: ubuntu }"), ...at135 },
    paths: ["nodes.pools.system.image"],
    got: "EKS's own image",
    fix: "write image: { from: canonical",
  },
  {
    name: "Ubuntu of a version of which nobody knows how it starts",
    change: system(`{ os: ubuntu, image: ${canonical} }`),
    paths: ["nodes.pools.system.os"],
    got: "ubuntu for Kubernetes 1.36",
    fix: 'write cluster.version: "1.35"',
  },
  {
    name: "an image by its name, of nobody",
    change: { ...system("{ os: ubuntu, image: { id: ubuntu-noble-24.04 } }"), ...at135 },
    paths: ["nodes.pools.system.image.from"],
    got: "nothing",
    fix: "write from: canonical",
  },
  {
    name: "an image of another account",
    change: { ...system('{ os: ubuntu, image: { from: "444455556666", id: ami-0123456789abcdef0 } }'), ...at135 },
    paths: ["nodes.pools.system.image.from"],
    got: "444455556666",
    fix: "write from: canonical",
  },
  {
    name: "the newest image, whatever it is",
    change: { ...system("{ os: ubuntu, image: { from: canonical, id: latest } }"), ...at135 },
    paths: ["nodes.pools.system.image.id"],
    got: "latest",
    fix: "write id: ami-0123456789abcdef0",
  },
  {
    name: "an image of our own that nobody answers for",
    change: system(`{ os: al2023, image: ${own("")} }`),
    paths: ["nodes.pools.system.image.reason", "nodes.pools.system.image.by"],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "Bottlerocket that somebody built",
    change: system(`{ image: ${own(", reason: it was there already for years, by: a@example.com")} }`),
    paths: ["nodes.pools.system.image"],
    got: "own",
    fix: "remove `image`",
  },
  {
    name: "Canonical's Amazon Linux, at a release besides",
    change: system(`{ os: al2023, release: 1.36.2-20261112, image: ${canonical} }`),
    paths: ["nodes.pools.system.release", "nodes.pools.system.image.from"],
    got: "1.36.2-20261112",
    fix: "remove `release`",
  },
  {
    name: "level 2 on Ubuntu, where the image does not carry it",
    change: { ...system(`{ os: ubuntu, cis: 2, image: ${canonical} }`), ...at135 },
    paths: ["nodes.pools.system.cis"],
    got: "2",
    fix: "write cis: 1",
  },
  {
    name: "two hops without a reason, a name or an end",
    change: system("{ hopLimit: { value: 2 } }"),
    paths: [
      "nodes.pools.system.hopLimit.reason",
      "nodes.pools.system.hopLimit.by",
      "nodes.pools.system.hopLimit.until",
    ],
    got: "nothing",
    fix: "write reason:",
  },
  {
    name: "two hops as a bare number",
    change: system("{ hopLimit: 2 }"),
    paths: ["nodes.pools.system.hopLimit"],
    got: "2",
    fix: "write hopLimit: { value: 2",
  },
  {
    name: "three hops, in the best of words",
    change: system(`{ hopLimit: { value: 3, ${why}, until: "2027-01-31" } }`),
    paths: ["nodes.pools.system.hopLimit.value"],
    got: "3",
    fix: "write value: 2",
  },
  {
    name: "two hops for ever, and two that have ended",
    change: {
      "cluster:":
        `nodes: { pools: { system: { hopLimit: { value: 2, ${why}, until: "2036-01-31" } }, ` +
        `batch: { hopLimit: { value: 2, ${why}, until: "2025-01-31" } } } }\n    cluster:`,
    },
    paths: ["nodes.pools.system.hopLimit.until", "nodes.pools.batch.hopLimit.until"],
    got: "2036-01-31",
    fix: "at the latest and decide again then",
  },
];
