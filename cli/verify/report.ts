import { called } from "../component";
import { countText, lineText } from "../line";
import { describe } from "../promises";
import type { Drift } from "./drift";
import type { Drifted } from "./inventory";
import { brokenBy, type Verified } from "./judgement";

/** One stack's report as people read it: what changed outside, which promises that breaks, and what else AWS was asked. */
export function reportText(verified: Verified): string {
  const { stack, read, promises, drifted, moved, lines } = verified;
  const open = [...promises.violations, ...promises.undetermined];
  return [
    "",
    `${stack}: ${read} resources read back from AWS`,
    ...(drifted.length > 0
      ? ["", "Changed outside this stack", ...drifted.flatMap((one) => driftText(one, verified))]
      : []),
    ...(open.length > 0 ? ["", "Promises that do not hold", ...open.map(describe).flatMap(indented)] : []),
    ...(lines.length > 0 ? [lineText(lines)] : []),
    "",
    `promises: ${promises.hold.length} hold, ${promises.notApplicable.length} not applicable, ${promises.violations.length} violated, ${promises.undetermined.length} undetermined; AWS was asked: ${countText(lines)}`,
    ...promises.waived.map(
      ({ control, resource, waiver }) => `  waived: ${control} for ${resource.name} until ${waiver?.expiry ?? "?"}`,
    ),
    ...(moved.length > 0 ? [`left to AWS, and other than at the last update: ${moved.map(movedText).join("; ")}`] : []),
  ].join("\n");
}

/** The last line: that all is so, or what to do about what is not; `rehearsal` is the folder of one. */
export function endingText(all: readonly Verified[], { rehearsal }: { readonly rehearsal?: string }): string {
  const wrong = all.filter(({ holds }) => !holds);
  if (wrong.length === 0) return "everything promised is so";
  const hasDrift = wrong.some(({ drifted }) => drifted.length > 0);
  const stacks = wrong.map(({ stack }) => stack).join(", ");
  return [
    `not everything promised is so: ${stacks}`,
    ...(hasDrift
      ? [
          "to put back what was changed outside, let the state learn of it and then update:",
          ...wrong.map(({ stack }) =>
            rehearsal !== undefined
              ? `  . ${rehearsal}/environment.sh; cd ${rehearsal}; pulumi up --refresh --stack ${stack}`
              : `  pulumi refresh --stack ${stack} && npm run up -- ${stack}`,
          ),
        ]
      : []),
  ].join("\n");
}

function driftText(one: Drifted, { promises }: Verified): string[] {
  if (one.gone) return [`  ${called(one)}: AWS has no such thing any more`];
  return one.drift.flatMap((drift) => {
    const broken = [...new Set(brokenBy(one, drift.path, promises).map(({ control }) => control))];
    return [
      `  ${called(one)}: ${changeText(drift)}`,
      ...(broken.length > 0 ? [`    breaks ${broken.join(", ")}`] : []),
    ];
  });
}

function changeText({ path, was, is }: Drift): string {
  return `${path} was ${shown(was)}, is ${shown(is)}`;
}

function movedText(one: Drifted): string {
  return `${called(one)} (${one.drift.map(({ path }) => path).join(", ")})`;
}

/** A value short enough for a line; a long one is in the JSON. */
function shown(value: unknown): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 87)}…` : text;
}

function indented(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
