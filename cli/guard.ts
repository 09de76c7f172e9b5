import { controls } from "../policies/catalogue";
import { judgePlan, planIds, type PlanStep } from "../policies/plan";
import { blocks, type Verdict } from "../policies/verdict";
import { readWaivers } from "../policies/waivers";
import type { Workplace } from "./operation";
import { readTeardown } from "./teardown";

/** What speaks against a plan, above all what cannot be made again; empty when waivers or a teardown speak for it. */
export function guard(place: Workplace, stack: string, plan: readonly PlanStep[], configFile: string): Verdict[] {
  const waivers = {
    waivers: readWaivers(place.waivers),
    today: new Date().toISOString().slice(0, 10),
    stack,
    ids: new Set([...controls.map(({ id }) => id), ...planIds]),
  };
  return judgePlan(plan, waivers, readTeardown(configFile)).filter(
    // A waiver that is of no use any more endangers nothing.
    (verdict) => verdict.resource.type !== "waiver" && blocks(verdict, { strict: true }),
  );
}
