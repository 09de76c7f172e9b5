import { byComponent, called } from "./component";
import type { Step } from "./event";
import type { Approved } from "./gate";
import { describe } from "./promises";

const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-", replace: "±" };
/** The halves of a replacement, which the step called "replace" already tells. */
const HALVES = /^(create-replacement|delete-replaced|same|read)$/;

/** A plan as people read it: by component, with what changes, and then what the controls say. */
export function planText({ outcome, promises, hasChanges }: Approved): string {
  const steps = outcome.steps.filter(({ op }) => !HALVES.test(op));
  const groups = byComponent(steps).flatMap(({ component, parts }) => [component, ...parts.map(line), ""]);
  if (outcome.outputsChange) groups.push("what the stack tells other stacks changes", "");
  return [
    ...(hasChanges ? groups : ["no changes", ""]),
    `${promises.hold.length} promises hold, ${promises.notApplicable.length} not applicable, ${promises.waived.length} waived`,
    ...promises.waived.map(
      ({ control, resource, waiver }) => `  waived: ${control} for ${resource.name} until ${waiver?.expiry ?? "?"}`,
    ),
    ...promises.aboutWaivers.map(({ message, fix }) => `  ${message}: ${fix}`),
    ...promises.undetermined.map((verdict) => `decided when it exists: ${describe(verdict).split("\n")[0] ?? ""}`),
  ].join("\n");
}

function line(step: Step): string {
  const what = step.properties.length > 0 ? ` (${step.properties.join(", ")})` : "";
  return `  ${SIGNS[step.op] ?? step.op} ${called(step)}${what}`;
}
