import { controls } from "../../policies/catalogue";
import { planIds } from "../../policies/plan";
import { blocks, judge, type Verdict } from "../../policies/verdict";
import { readWaivers } from "../../policies/waivers";
import { type Line, against } from "../line";
import { type Promises, sortVerdicts } from "../promises";
import type { Finding } from "./beyond/finding";
import { type Drifted, type Held, inventory } from "./inventory";

/** What is so about one stack, and what is not. */
export interface Verified {
  readonly stack: string;
  /** How many resources AWS was asked for. */
  readonly read: number;
  readonly promises: Promises;
  /** What somebody or something changed outside the stack, in properties that the program asked for. */
  readonly drifted: readonly Drifted[];
  /** What AWS holds otherwise than at the last update in properties that the program left to it. */
  readonly moved: readonly Drifted[];
  readonly lines: readonly Line[];
  /** True when nothing speaks against it. */
  readonly holds: boolean;
}

/** How a stack is judged: by which exceptions, and how strictly. */
export interface Judging {
  readonly stack: string;
  /** The file of waivers. */
  readonly waivers: string;
  readonly today: string;
  readonly strict: boolean;
}

/** Judges the stack as AWS holds it by the whole catalogue, beside drift and what was found outside. */
export function verdictOn(held: Held, { lines, items }: Finding, { stack, waivers, today, strict }: Judging): Verified {
  const ids = new Set([...controls.map(({ id }) => id), ...planIds]);
  const inForce = { waivers: readWaivers(waivers), today, stack, ids };
  const whole = inventory(held, items, today);
  const verdicts = judge(whole, controls, { stage: "up", waivers: inForce });
  const promises = sortVerdicts(verdicts, whole.scanned > 0);
  const drifted = only(held.drifted, true);
  const broken = verdicts.some((verdict) => verdict.resource.type !== "waiver" && blocks(verdict, { strict: true }));
  return {
    stack,
    read: whole.scanned - items.length,
    promises,
    drifted,
    moved: only(held.drifted, false),
    lines,
    holds: promises.complete && !broken && drifted.length === 0 && against(lines, { strict }).length === 0,
  };
}

/** The controls that a drifted property breaks: those that name it, or the resource as a whole. */
export function brokenBy({ urn }: Drifted, path: string, { violations }: Promises): readonly Verdict[] {
  return violations.filter(
    (verdict) =>
      verdict.resource.urn === urn &&
      (verdict.path === undefined || verdict.path.startsWith(path) || path.startsWith(verdict.path)),
  );
}

function only(all: readonly Drifted[], asked: boolean): readonly Drifted[] {
  return all
    .map((one) => ({ ...one, drift: one.drift.filter((drift) => drift.asked === asked) }))
    .filter(({ drift, gone }) => drift.length > 0 || (gone && asked));
}
