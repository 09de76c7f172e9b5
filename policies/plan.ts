import type { Severity } from "./control";
import { judgeZones, ZONES_ID } from "./plan-zones";
import type { Verdict } from "./verdict";
import { type InForce, type Waiver, waive } from "./waivers";

/** One step of `pulumi preview --json`, as far as the guard reads it. */
export interface PlanStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: {
    readonly type?: string;
    readonly protect?: boolean;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
  };
  readonly newState?: { readonly inputs?: Readonly<Record<string, unknown>> };
  /** The properties because of which a resource is replaced. */
  readonly replaceReasons?: readonly string[];
}

/** A type that no preview may delete or replace without a waiver. */
interface Guarded {
  readonly id: string;
  readonly types: RegExp;
  readonly what: string;
  readonly severity: Severity;
  readonly why: string;
}

// Chosen because nothing brings them back: data is lost (keys, logs, state), or everything that stands on them goes too
// (cluster, VPC, its subnets and addresses). What `up` can make again in a minute is left out.
const GUARDED: readonly Guarded[] = [
  {
    id: "plan-keeps-cluster",
    types: /^aws:eks\/cluster:Cluster$/,
    what: "the cluster",
    severity: "critical",
    why: "every workload, volume claim and address of the cluster goes with it",
  },
  {
    id: "plan-keeps-keys",
    types: /^aws:kms\/(key|replicaKey|externalKey):/,
    what: "a KMS key",
    severity: "critical",
    why: "whatever the key encrypted can never be read again",
  },
  {
    id: "plan-keeps-network",
    types: /^aws:ec2\/(vpc:Vpc|subnet:Subnet)$/,
    what: "a part of the network",
    severity: "high",
    why: "a VPC or subnet cannot be replaced under running machines, and others may trust its addresses",
  },
  {
    id: "plan-keeps-logs",
    types: /^aws:cloudwatch\/logGroup:LogGroup$/,
    what: "a log group",
    severity: "high",
    why: "the record of who did what is deleted with it",
  },
  {
    id: "plan-keeps-state",
    types: /^aws:s3\/bucket(V2)?:/,
    what: "a bucket",
    severity: "critical",
    why: "states and access logs are the only record of what exists and who touched it",
  },
];

// The engine refuses these too, but only after it has deleted what hangs on them.
const PROTECTED: Guarded = {
  id: "plan-keeps-protected",
  types: /./,
  what: "a protected resource",
  severity: "high",
  why: "somebody marked it because it cannot be made again",
};

const DESTRUCTIVE = new Set(["delete", "replace", "create-replacement", "delete-replaced"]);

/** The ids under which a waiver may let a deletion pass. */
export const planIds: ReadonlySet<string> = new Set([...[...GUARDED, PROTECTED].map(({ id }) => id), ZONES_ID]);

/** A teardown that the blueprint names, with its reason, owner and last day, stands for a waiver of everything it deletes. */
export interface Teardown {
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/**
 * Nothing irreversible by accident: a verdict for every step of a preview that would delete or replace what cannot be made
 * again, or that AWS would refuse halfway, waived only by a waiver (or a teardown) that names its reason, owner and end. A plan without such steps is a pass.
 */
export function judgePlan(steps: readonly PlanStep[], waivers: InForce, teardown?: Teardown): Verdict[] {
  const losses = new Map<string, Verdict>();
  for (const step of steps.filter(({ op }) => DESTRUCTIVE.has(op))) {
    const guarded = guardOf(step);
    // A replacement is three steps of one resource; one finding says it.
    if (guarded !== undefined && !losses.has(step.urn)) losses.set(step.urn, loss(step, guarded));
  }
  const found = [...losses.values(), ...judgeZones(steps)];
  const covering =
    teardown === undefined || teardown.until < waivers.today
      ? []
      : [...losses.values()].map((one) => cover(one, teardown));
  const judged = waive(found, { ...waivers, waivers: [...waivers.waivers, ...covering] }, planIds).filter(
    ({ control }) => found.length > 0 || control !== "waiver-used",
  );
  return judged.length > 0 ? judged : [kept()];
}

function guardOf({ urn, oldState }: PlanStep): Guarded | undefined {
  const type = oldState?.type ?? typeOf(urn);
  return GUARDED.find(({ types }) => types.test(type)) ?? (oldState?.protect === true ? PROTECTED : undefined);
}

function loss({ op, urn, oldState, replaceReasons = [] }: PlanStep, { id, severity, what, why }: Guarded): Verdict {
  const verb = op === "delete" ? "delete" : "replace";
  const because =
    replaceReasons.length > 0 ? `, because AWS cannot change ${[...replaceReasons].sort().join(" and ")} in place` : "";
  return {
    control: id,
    verdict: "violation",
    severity,
    resource: { urn, name: nameOf(urn), type: oldState?.type ?? typeOf(urn) },
    message: `this preview would ${verb} ${what}${because}`,
    why,
    fix: `undo the change that causes it, or name ${id}, the resource, owner, reason and expiry in bulwark.waivers.yaml`,
  };
}

function kept(): Verdict {
  return {
    control: "plan-keeps-protected",
    verdict: "pass",
    severity: "high",
    resource: { urn: "stack", name: "stack", type: "stack" },
    message: "this preview deletes and replaces nothing that cannot be made again",
    why: PROTECTED.why,
    fix: "",
  };
}

function cover({ control, resource }: Verdict, { by, reason, until }: Teardown): Waiver {
  return { control, resource: resource.urn, owner: by, reason, expiry: until };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function typeOf(urn: string): string {
  return urn.split("::").at(-2)?.split("$").at(-1) ?? "";
}
