import type * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import type { ClusterBlueprint } from "../blueprint/schema";

/** The edge as the blueprint asks for it. */
export type EdgeBlueprint = NonNullable<ClusterBlueprint["edge"]>;

/** What every part of one edge has to know: its name, the blueprint, what it says of the edge, and the component. */
export interface Site {
  readonly name: string;
  readonly blueprint: ClusterBlueprint;
  readonly edge: EdgeBlueprint;
  readonly parent: pulumi.Resource;
}

/** The load balancer speaks IPv6 to people exactly where the pods do: IPv6 targets need it. */
export function isDualStack({ blueprint }: Site): boolean {
  return blueprint.network.pods === "ipv6";
}

/** True unless a teardown is declared. */
export function isKept({ blueprint }: Site): boolean {
  return blueprint.teardown === undefined;
}

/** A name of at most so many characters: one that is too long is cut and told apart by a hash of the whole. */
export function bounded(name: string, most: number): string {
  if (name.length <= most) return name;
  return `${name.slice(0, most - HASH - 1)}-${createHash("sha256").update(name).digest("hex").slice(0, HASH)}`;
}

const HASH = 8;
