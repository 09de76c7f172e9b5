import { architecture, INSTANCE_TYPES } from "../../nodes/instance-type";
import { nearest } from "../nearest";
import type { Pool } from "../options/nodes";
import type { Path } from "../problem";
import { end } from "./exceptions";
import { image } from "./node-image";
import { type Findings, type Partly, present, repeated, type Rule } from "./rule";

/** Node names, labels and taints under these belong to Kubernetes, EKS and this program. */
const RESERVED = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|karpenter\.sh)\/|^bulwark\//;
/** What Kubernetes accepts as a label's value and as the last part of a name. */
const WORD = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

const TYPES = [...INSTANCE_TYPES];
const isArm = (type: string) => architecture(type) === "arm64";

type PartlyPool = Partly<Pool>;

/** Pools have names, sizes and types that AWS will take, and leave the cluster's own pods a place to run. */
export const nodes: Rule = function* (blueprint, today) {
  if (blueprint.layer !== "cluster" || blueprint.nodes?.pools === undefined) return;
  const pools = Object.entries(blueprint.nodes.pools);
  yield* home(
    pools.map(([, pool]) => pool),
    blueprint.environment === "production",
  );

  for (const [name, pool] of pools) {
    const path: Path = ["nodes", "pools", name];
    if (!/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/.test(name))
      yield {
        path,
        got: `a pool named "${name.slice(0, 60)}"`,
        allowed: "1 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last",
        fix: "write a shorter or plainer name, such as system",
      };
    if (pool === undefined) continue;
    yield* size(pool, path);
    yield* machines(pool, path);
    yield* labels(pool, path);
    yield* taints(pool, path);
    yield* image(pool, path, blueprint.cluster?.version);
    yield* end(pool.hopLimit?.until, [...path, "hopLimit", "until"], today);
  }
};

/** DNS and the other add-ons tolerate no taint, and must not all vanish at two minutes' notice. */
function* home(pools: readonly (PartlyPool | undefined)[], production: boolean): Findings {
  const path: Path = ["nodes", "pools"];
  const write = "add a pool that says nothing: system: {}";
  const open = pools.filter((pool) => pool !== undefined && (pool.taints ?? []).length === 0);
  if (pools.length === 0)
    yield { path, got: "no pool", allowed: "at least one pool: pods need a node to run on", fix: write };
  else if (open.length === 0 && !pools.includes(undefined))
    yield {
      path,
      got: "no pool without taints",
      allowed: "at least one pool that every pod may use: the cluster's own add-ons tolerate no taint",
      fix: write,
    };
  else if (production && open.length > 0 && open.every((pool) => pool?.capacity === "spot"))
    yield {
      path,
      got: "only spot capacity for pods without tolerations",
      allowed: "in production a pool without taints that AWS does not take away: capacity: on-demand",
      fix: write,
    };
}

function* size({ min, max, desired }: PartlyPool, path: Path): Findings {
  if (min !== undefined && max !== undefined && min > max)
    yield { path: [...path, "min"], allowed: `at most max, which is ${max}`, fix: `write min: ${max} or a larger max` };
  if (desired === undefined) return;
  if (min !== undefined && desired < min)
    yield { path: [...path, "desired"], allowed: `at least min, which is ${min}`, fix: `write desired: ${min}` };
  else if (max !== undefined && desired > max)
    yield { path: [...path, "desired"], allowed: `at most max, which is ${max}`, fix: `write desired: ${max}` };
}

function* machines({ instanceTypes }: PartlyPool, pool: Path): Findings {
  const path = [...pool, "instanceTypes"];
  const types = present(instanceTypes);
  yield* repeated(types, path, "instance type");
  for (const [index, type] of types) {
    if (TYPES.includes(type)) continue;
    const meant = nearest(type, TYPES);
    yield {
      path: [...path, index],
      allowed: "a current EC2 instance type without accelerators, as in facts/instance-types.json",
      fix: meant === undefined ? "write - m6i.large" : `did you mean - ${meant}`,
    };
  }
  const known = types.map(([, type]) => type).filter((type) => TYPES.includes(type));
  if (new Set(known.map(isArm)).size > 1)
    yield {
      path,
      got: `${known.find((type) => !isArm(type)) ?? ""} beside ${known.find(isArm) ?? ""}`,
      allowed: "instance types of one architecture: x86 and Graviton start from different images",
      fix: "make two pools of them",
    };
}

function* labels({ labels = {} }: PartlyPool, pool: Path): Findings {
  for (const [name, value] of Object.entries(labels)) {
    const path = [...pool, "labels", name];
    yield* named(name, path, "label");
    if (value !== undefined && value !== "" && !WORD.test(value))
      yield {
        path,
        allowed: "up to 63 letters, digits, hyphens, dots and underscores, a letter or digit first and last",
        fix: "write a shorter or plainer value",
      };
  }
}

function* taints({ taints }: PartlyPool, pool: Path): Findings {
  const written = present(taints);
  const identity = (taint: string) => taint.replace(/=[^:]*/, "");
  for (const [index, taint] of written) {
    const path = [...pool, "taints", index];
    yield* named(taint.split(/[=:]/)[0] ?? "", path, "taint");
    if (written.some(([earlier, other]) => earlier < index && identity(other) === identity(taint)))
      yield { path, allowed: "each name and effect once", fix: `remove the second "${taint}"` };
  }
}

/** A name that a kubelet may give its node; others the API server refuses, and the node never joins. */
function* named(name: string, path: Path, what: "label" | "taint"): Findings {
  const got = `a ${what} named "${name.slice(0, 80)}"`;
  const [last = "", prefix, ...more] = name.split("/").reverse();
  if (RESERVED.test(name))
    yield {
      path,
      got,
      allowed: "names outside kubernetes.io, k8s.io, eks.amazonaws.com, karpenter.sh and bulwark",
      fix: `write ${what}s under a name or domain of your own`,
    };
  else if (!WORD.test(last) || more.length > 0 || (prefix !== undefined && !PREFIX.test(prefix)))
    yield {
      path,
      got,
      allowed: "up to 63 letters, digits, hyphens, dots and underscores, after a domain and a slash if you like",
      fix: "write a shorter or plainer name",
    };
}
