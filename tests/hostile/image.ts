import type { Hostile } from "./row";

const images = (text: string) => ({ "images:": `images: ${text}`, "- family:": "" });

/** Images that nobody should start a node from, and images that cannot be built. */
export const image: readonly Hostile[] = [
  {
    name: "an image of a system that gets no more fixes",
    change: images("[{ family: al2 }]"),
    paths: ["images[0].family"],
    got: '"al2"',
    fix: "did you mean family: al2023",
  },
  {
    name: "an image from a base of unknown make",
    change: images("[{ family: al2023, parentImage: ami-0123456789abcdef0 }]"),
    paths: ["images[0].parentImage"],
    got: 'the unknown key "parentImage"',
    fix: 'remove "parentImage"',
  },
  {
    name: "an image that everybody may start, not encrypted",
    change: images("[{ family: al2023, public: true, encrypted: false, accounts: ['444455556666'] }]"),
    paths: ["images[0].public", "images[0].encrypted", "images[0].accounts"],
    got: 'the unknown key "public"',
    fix: 'remove "public"',
  },
  {
    name: "a build with a login, a public address and its tests left out",
    change: images("[{ family: ubuntu, keyPair: operations, publicAddress: true, tests: false }]"),
    paths: ["images[0].keyPair", "images[0].publicAddress", "images[0].tests"],
    got: 'the unknown key "keyPair"',
    fix: 'remove "keyPair"',
  },
  {
    name: "an image that nobody scans, and nobody says why",
    change: images("[{ family: al2023, scanning: { by: nobody } }]"),
    paths: ["images[0].scanning.reason"],
    got: "nothing",
    fix: "write reason: ",
  },
  {
    name: "packages by plain HTTP",
    change: images("[{ family: ubuntu, mirror: 'http://archive.ubuntu.com/ubuntu' }]"),
    paths: ["images[0].mirror"],
    got: "http://archive.ubuntu.com/ubuntu",
    fix: "write mirror: https://mirror.example.com/ubuntu",
  },
  {
    name: "a mirror with a password, and one with a command in it",
    change: images(
      "[{ family: ubuntu, mirror: 'https://me:hunter2@mirror.example.com/ubuntu' }, { family: ubuntu, architecture: arm64, mirror: 'https://mirror.example.com/$(reboot)' }]",
    ),
    paths: ["images[0].mirror", "images[1].mirror"],
    got: "https://",
    fix: "write mirror: https://mirror.example.com/ubuntu",
  },
  {
    name: "a mirror for a system that has none",
    change: images("[{ family: al2023, mirror: 'https://mirror.example.com/al2023' }]"),
    paths: ["images[0].mirror"],
    got: "https://mirror.example.com/al2023",
    fix: "remove `mirror`",
  },
  {
    name: "the same image twice, one of them without anything to go back to",
    change: images("[{ family: al2023 }, { family: al2023, keep: 1 }]"),
    paths: ["images[1]", "images[1].keep"],
    got: "a second image of al2023 for x86_64",
    fix: "remove it",
  },
  {
    name: "an image where nothing can be fetched",
    change: { "allowedDomains:": "nat: none\n      allowedDomains:" },
    paths: ["images", "edge.exposure.to"],
    got: "images in a network without a way out",
    fix: "remove `images`",
  },
];
