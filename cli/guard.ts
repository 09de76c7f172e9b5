import { controls } from "../policies/catalogue";
import { judgePlan, planIds } from "../policies/plan";
import { blocks, type Verdict } from "../policies/verdict";
import { readWaivers } from "../policies/waivers";
import type { Step } from "./event";
import type { Workplace } from "./operation";
import { readTeardown } from "./teardown";

/** What a plan would lose that cannot be made again; empty when nothing, or when waivers or a teardown speak for it. */
export function guard(place: Workplace, stack: string, steps: readonly Step[], configFile: string): Verdict[] {
  const waivers = {
    waivers: readWaivers(place.waivers),
    today: new Date().toISOString().slice(0, 10),
    stack,
    ids: new Set([...controls.map(({ id }) => id), ...planIds]),
  };
  const plan = steps.map(({ op, urn, type, protect }) => ({ op, urn, oldState: { type, protect } }));
  return judgePlan(plan, waivers, readTeardown(configFile)).filter(
    // A waiver that is of no use any more endangers nothing.
    (verdict) => verdict.resource.type !== "waiver" && blocks(verdict, { strict: true }),
  );
}
