import type { Control, Finding, Severity } from "./control";
import { type Inventory, subject, type Subject } from "./inventory";
import { UnknownValue } from "./unknown";
import { type InForce, type Waiver, waive } from "./waivers";

/** Nothing is unverified in silence: each control ends in one of these for every resource it is about. */
type Outcome = "pass" | "violation" | "undetermined" | "waived" | "not-applicable";

/** What one control says about one resource. */
export interface Verdict {
  readonly control: string;
  readonly verdict: Outcome;
  readonly severity: Severity;
  readonly resource: { readonly urn: string; readonly name: string; readonly type: string };
  /** The input that is wrong, or that was unknown. */
  readonly path?: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** Set where "undetermined" is expected before the cloud has answered. */
  readonly decidedAt?: "up";
  /** The waiver that speaks for it. */
  readonly waiver?: Waiver;
}

export interface JudgeOptions {
  /** At preview some inputs are unknown by nature; at "up" none is. */
  readonly stage: "preview" | "up";
  readonly waivers?: InForce;
}

/** Judges every resource by every control that is about it. Pure: no clock, no files, no Pulumi. */
export function judge(inventory: Inventory, controls: readonly Control[], { stage, waivers }: JudgeOptions): Verdict[] {
  const verdicts = controls.flatMap((control) => judgeOne(inventory, control));
  const staged = stage === "up" ? verdicts.map(withoutDelay) : verdicts;
  if (waivers === undefined) return staged;
  return waive(staged, waivers, new Set(controls.map(({ id }) => id)));
}

/** Counts by outcome; an empty inventory is an error, since a judge who saw nothing has found nothing. */
export interface Summary extends Record<Outcome, number> {
  readonly scanned: number;
  readonly controls: number;
}

/** Adds up what was judged. Throws when nothing was scanned. */
export function summarise(inventory: Inventory, verdicts: readonly Verdict[]): Summary {
  if (inventory.scanned === 0) {
    throw new Error("no resource was scanned, so nothing is proved; check that the program registers resources");
  }
  const count = (outcome: Outcome) => verdicts.filter(({ verdict }) => verdict === outcome).length;
  return {
    scanned: inventory.scanned,
    controls: new Set(verdicts.map(({ control }) => control)).size,
    pass: count("pass"),
    violation: count("violation"),
    undetermined: count("undetermined"),
    waived: count("waived"),
    "not-applicable": count("not-applicable"),
  };
}

/**
 * True when the verdict stops the operation: a violation always; in strict mode also what is undetermined, unless it is
 * decided at `up`, and a waiver that is wrong itself, which endangers nothing but must be cleared away.
 */
export function blocks({ verdict, decidedAt, resource }: Verdict, { strict }: { readonly strict: boolean }): boolean {
  if (resource.type === "waiver") return strict;
  return verdict === "violation" || (verdict === "undetermined" && strict && decidedAt !== "up");
}

const STACK: Subject<unknown> = {
  urn: "stack",
  name: "stack",
  type: "stack",
  inputs: {},
  protect: false,
  propertyDependencies: {},
};

function judgeOne(inventory: Inventory, control: Control): Verdict[] {
  const subjects =
    control.about === "stack"
      ? [STACK]
      : inventory.items.filter(({ type }) => control.about.includes(type)).map((item) => subject<unknown>(item));
  if (subjects.length === 0) return [verdict(control, STACK, "not-applicable", { message: "nothing here to judge" })];
  return subjects.flatMap((one) => judgeSubject(inventory, control, one));
}

function judgeSubject(inventory: Inventory, control: Control, one: Subject<unknown>): Verdict[] {
  const found: Verdict[] = [];
  try {
    for (const finding of control.check(one, inventory)) found.push(violation(control, one, finding));
  } catch (error) {
    // What was already found stands; otherwise the honest answer is that nobody knows.
    if (found.length === 0) found.push(undetermined(control, one, error));
  }
  return found.length > 0 ? found : [verdict(control, one, "pass", { message: control.title })];
}

function violation(control: Control, one: Subject<unknown>, finding: Finding): Verdict {
  return verdict(control, one, "violation", typeof finding === "string" ? { message: finding } : finding);
}

function undetermined(control: Control, one: Subject<unknown>, error: unknown): Verdict {
  if (error instanceof UnknownValue) {
    const { path } = error;
    return verdict(control, one, "undetermined", { path, message: `${path} is not known before the resource exists` });
  }
  return verdict(control, one, "undetermined", {
    message: `cannot be judged: ${error instanceof Error ? error.message : String(error)}`,
  });
}

function verdict(
  { id, severity, why, fix, decidedAt }: Control,
  { urn, name, type }: Subject<unknown>,
  outcome: Outcome,
  details: { readonly path?: string; readonly message: string },
): Verdict {
  const resource = { urn, name, type };
  return { control: id, verdict: outcome, severity, resource, ...details, why, fix, ...(decidedAt && { decidedAt }) };
}

// Nothing is left to wait for once the update runs.
function withoutDelay(one: Verdict): Verdict {
  const { decidedAt, ...rest } = one;
  return decidedAt === undefined ? one : rest;
}
