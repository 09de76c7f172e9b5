import type { z } from "zod";

import type { accountLayer, clusterLayer, stateLayer } from "../../stacks/blueprint/schema";
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

const AGREEMENTS: readonly ((it: Cluster) => void)[] = [seldom, place, network, people, versions, pools, edge];

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

function network({ network, cluster }: Cluster): void {
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

function versions({ cluster, addons }: Cluster): void {
  const minor = cluster.version ?? "1.36";
  if (addons?.versions?.["kube-proxy"] !== undefined) addons.versions["kube-proxy"] = `v${minor}.0-eksbuild.2`;
  if (addons?.versions?.coredns !== undefined) addons.versions.coredns = "v1.14.3-eksbuild.2";
}

function pools({ nodes, environment, cluster }: Cluster): void {
  for (const pool of Object.values(nodes?.pools ?? {})) {
    if (pool.os === "al2023" && pool.cis === 2) pool.cis = 1;
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
