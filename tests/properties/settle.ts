import type { z } from "zod";

import type { accountLayer, clusterLayer, stateLayer } from "../../stacks/blueprint/schema";
import { architecture } from "../../stacks/nodes/instance-type";
import { IMAGES, UBUNTU_FOR } from "./images";
import { subnetIds } from "./values";

type Writable<T> = T extends string | number | boolean | undefined
  ? T
  : { -readonly [Key in keyof T]: Writable<T[Key]> };
type Cluster = Writable<z.input<typeof clusterLayer>>;
type Raw = Cluster | Writable<z.input<typeof accountLayer>> | Writable<z.input<typeof stateLayer>>;

/**
 * Makes the options of one blueprint agree that were drawn apart: a rule of stacks/blueprint/rules refuses what is left.
 * Each line is one agreement between two options; a new one is one line more.
 */
export function settle(raw: Raw): Raw {
  raw.access.breakGlass = raw.access.breakGlass.replace("OURS", raw.layer === "cluster" ? raw.cluster.name : "main");
  if (raw.layer === "cluster") for (const agree of AGREEMENTS) agree(raw);
  return raw;
}

const AGREEMENTS: readonly ((it: Cluster) => void)[] = [
  seldom,
  place,
  network,
  people,
  system,
  versions,
  pools,
  karpenter,
  images,
  edge,
  runner,
];

/** A teardown lifts so much that with one in every other blueprint little else would be seen. */
function seldom(it: Cluster): void {
  if (it.environment !== "development") delete it.teardown;
}

function place({ network, environment, region }: Cluster): void {
  if (network.mode === "existing") {
    if (environment === "production")
      for (const tier of ["private", "intra"] as const) network.subnets[tier] = subnetIds(tier, 3);
    return;
  }
  if (environment === "production") {
    network.zones = ["a", "b", "c"];
    if (network.nat === "one") network.nat = "per-zone";
  }
  network.zones = network.zones.map((letter) => `${region}${letter}`);
}

function network({ network, cluster, environment }: Cluster): void {
  if (network.pods !== "ipv6") delete network.ipv4Egress;
  else if (environment === "production" && (network.mode === "existing" || network.nat !== "none"))
    network.ipv4Egress ??= { reason: "a payment provider answers on IPv4 alone" };
  if (network.pods === "ipv6") delete cluster.serviceCidr;
  if (network.mode === "create" && (network.pods === "ipv6" || network.nat === "none")) delete network.firewall;
}

function people(it: Cluster): void {
  const principals = ["arn:aws:iam::111122223333:role/security-on-call"];
  const isOurs = it.access.breakGlass.endsWith("-break-glass");
  if (!isOurs) delete it.identity?.breakGlass;
  else (it.identity ??= {}).breakGlass ??= { principals };
  const said = it.identity?.breakGlass;
  if (said?.mfa?.checkedBy !== "identity-provider") return;
  said.principals = said.principals.map(
    (_, index) =>
      `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Reserve${index}_0123456789abcdef`,
  );
}

/** Each operating system has images of its own makers, for versions of its own. */
function system({ cluster, nodes }: Cluster): void {
  for (const pool of Object.values(nodes?.pools ?? {})) {
    const os = pool.os ?? "bottlerocket";
    const of = architecture(pool.instanceTypes?.[0] ?? "m6i.large");
    if (os === "bottlerocket") delete pool.image;
    if (os !== "bottlerocket" && pool.cis === 2) pool.cis = 1;
    if (os === "al2023" && pool.image?.from === "canonical") delete pool.image;
    if (os === "ubuntu" && (pool.image?.from ?? "eks") === "eks")
      pool.image = { from: "canonical", id: IMAGES.canonical[of] };
    if (os === "ubuntu") cluster.version = UBUNTU_FOR;
    if (pool.image === undefined || pool.image.from === "eks") continue;
    pool.image.id = IMAGES[pool.image.from][of];
    delete pool.release;
  }
}

function versions({ cluster, addons }: Cluster): void {
  const minor = cluster.version ?? "1.36";
  if (addons?.versions?.["kube-proxy"] !== undefined) addons.versions["kube-proxy"] = `v${minor}.0-eksbuild.2`;
  if (addons?.versions?.coredns !== undefined) addons.versions.coredns = "v1.14.3-eksbuild.2";
}

function pools({ nodes, environment, cluster }: Cluster): void {
  for (const pool of Object.values(nodes?.pools ?? {})) {
    if (pool.os === "al2023" && pool.release !== undefined) pool.release = `${cluster.version ?? "1.36"}.2-20261112`;
    const counts = (["min", "desired", "max"] as const).filter((name) => pool[name] !== undefined);
    const sorted = counts.map((name) => pool[name] ?? 0).toSorted((a, b) => a - b);
    for (const [index, name] of counts.entries()) pool[name] = sorted[index];
    if (pool.max === 0) pool.max = 1;
  }
  const [home] = Object.values(nodes?.pools ?? {});
  if (home === undefined) return;
  delete home.taints;
  if (environment === "production") delete home.capacity;
}

/** Karpenter runs on a pool that it does not own. */
function karpenter({ karpenter, nodes }: Cluster): void {
  const [home] = Object.values(nodes?.pools ?? {});
  if (karpenter === undefined || home === undefined) return;
  delete home.capacity;
  if ([home.min, home.desired, home.max].some((count) => (count ?? 2) < 2)) {
    delete home.min;
    delete home.desired;
    delete home.max;
  }
}

function images(it: Cluster): void {
  if (it.network.mode === "create" && it.network.nat === "none") delete it.images;
  const kinds = new Map((it.images ?? []).map((one) => [`${one.family} ${one.architecture ?? "x86_64"}`, one]));
  if (it.images !== undefined) it.images = [...kinds.values()];
  for (const image of it.images ?? []) if (image.family === "al2023") delete image.mirror;
}

function runner({ runner, identity, account, region }: Cluster): void {
  if (runner === undefined) return;
  runner.image = runner.image.replace("IMAGES", `${account}.dkr.ecr.${region}.amazonaws.com`);
  delete identity?.deployer;
}

function edge({ edge, network, environment }: Cluster): void {
  if (edge === undefined) return;
  edge.hosts = edge.hosts.map((label) => `${label}.${edge.zone.name}`);
  const isClosed = network.mode === "existing" ? (network.subnets.public ?? []).length < 2 : network.nat === "none";
  if (isClosed) edge.exposure = { to: "internal" };
  const isInternal = (edge.exposure?.to ?? "internal") === "internal";
  if (isInternal && edge.shield?.advanced === "subscribe") delete edge.shield;
  if (!isInternal && environment === "production" && (edge.shield?.advanced ?? "undecided") === "undecided")
    edge.shield = { advanced: "subscribed" };
}
