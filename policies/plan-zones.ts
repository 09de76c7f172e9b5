import type { PlanStep } from "./plan";
import { isUnknown } from "./unknown";
import type { Verdict } from "./verdict";

/** The id of the guard that keeps a control plane in its zones. */
export const ZONES_ID = "plan-keeps-zones";

const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNET = "aws:ec2/subnet:Subnet";

const COMMON = {
  control: ZONES_ID,
  severity: "high",
  why: "EKS fixes a control plane's zones when it makes the cluster: AWS would refuse this in the middle of an `up`, when subnets and gateways of the new zones exist already",
} as const;

/**
 * A verdict for every cluster that a plan would move to other zones. EKS takes other subnets for a running control plane, but
 * only in the very zones it was created in (Amazon EKS user guide, "VPC and subnet requirements").
 */
export function judgeZones(steps: readonly PlanStep[]): Verdict[] {
  const zoneOf = zonesById(steps);
  const coming = newZones(steps);

  return steps.flatMap((step): Verdict[] => {
    const { urn, op, oldState, newState } = step;
    if (op !== "update" || !urn.includes(`${CLUSTER}::`)) return [];
    const [before, after] = [subnetIds(oldState?.inputs), subnetIds(newState?.inputs)];
    if (before.join() === after.join()) return [];

    const resource = { urn, type: CLUSTER, name: urn.split("::").at(-1) ?? urn };
    const known = after.filter((id) => !isUnknown(id));
    if ([...before, ...known].some((id) => !zoneOf.has(id))) return [{ ...COMMON, ...UNTOLD, resource }];

    const named = (ids: readonly string[]) => ids.map((id) => zoneOf.get(id) ?? "");
    const from = distinct(named(before));
    // Which of the new subnets the cluster gets is unknown before they exist; all of them may be among them.
    const to = distinct([...named(known), ...(known.length < after.length ? coming : [])]);
    return from === to ? [] : [{ ...COMMON, ...moved(from, to), resource }];
  });
}

function moved(from: string, to: string): Pick<Verdict, "verdict" | "message" | "fix"> {
  return {
    verdict: "violation",
    message: `this preview would move the control plane from the zones ${from} to ${to}`,
    fix: `keep the zones ${from}; a cluster in other zones is a new cluster beside this one`,
  };
}

const UNTOLD: Pick<Verdict, "verdict" | "message" | "fix"> = {
  verdict: "undetermined",
  message: "this preview would give the control plane other subnets, and does not tell their zones",
  fix: `compare the zones (aws ec2 describe-subnets); where they are the same, name ${ZONES_ID}, the resource, owner, reason and expiry in bulwark.waivers.yaml`,
};

function zonesById(steps: readonly PlanStep[]): ReadonlyMap<string, string> {
  const all = ofSubnets(steps).flatMap(({ oldState }): [string, string][] => {
    const zone = oldState?.inputs?.["availabilityZone"];
    return oldState?.id !== undefined && typeof zone === "string" ? [[oldState.id, zone]] : [];
  });
  return new Map(all);
}

function newZones(steps: readonly PlanStep[]): readonly string[] {
  return ofSubnets(steps)
    .filter(({ op }) => op === "create" || op === "replace" || op === "create-replacement")
    .map(({ newState }) => newState?.inputs?.["availabilityZone"])
    .filter((zone) => typeof zone === "string");
}

function ofSubnets(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter(({ urn }) => urn.includes(`${SUBNET}::`));
}

function subnetIds(inputs: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const { subnetIds: ids } = (inputs["vpcConfig"] ?? {}) as { readonly subnetIds?: unknown };
  // A list of which nothing is known yet is one unknown.
  return (Array.isArray(ids) ? ids : [ids]).map(String);
}

const distinct = (zones: readonly string[]): string => [...new Set(zones)].toSorted().join(", ");
