import { join } from "node:path";
import { blocks, type Verdict } from "../policies/verdict";
import { guard } from "./guard";
import { Ending, EXIT } from "./exit";
import { operate, type OperationOptions, type Outcome, type Workplace } from "./operation";
import { describe, type Promises, readPromises } from "./promises";

/** A preview that nothing speaks against: the only thing on which an update or a destroy may follow. */
export interface Approved {
  readonly outcome: Outcome;
  readonly promises: Promises;
  /** Whether anything would change. */
  readonly hasChanges: boolean;
}

const UNCHANGED: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** Previews an update with the policy pack; ends the command unless the pack and the guard both agree. */
export async function gateUpdate(
  place: Workplace,
  options: OperationOptions,
  kind: "preview" | "preview-refresh" = "preview",
): Promise<Approved> {
  const outcome = await operate(place, kind, options);
  const promises = readPromises(outcome.verdicts);
  // Before the engine's own word: it stops at what is protected as well, but says neither why nor because of what.
  refuse([...lossesOf(place, options, outcome), ...blockedIn(promises)], outcome.log);
  demand(outcome);
  if (!promises?.complete) {
    throw new Ending(
      `the policy pack did not judge the whole stack, so nothing is proved; see ${outcome.log}`,
      EXIT.engine,
    );
  }
  return { outcome, promises, hasChanges: changes(outcome) };
}

/** Previews a destroy; ends the command when the guard objects. There are no inputs to judge, so no pack runs. */
export async function gateDestroy(place: Workplace, options: OperationOptions): Promise<Outcome> {
  const outcome = await operate(place, "destroy-preview", options);
  refuse(lossesOf(place, options, outcome), outcome.log);
  demand(outcome);
  return outcome;
}

/** Ends the command when the engine's own events say that the operation did not go well. */
export function demand(outcome: Outcome): void {
  if (outcome.ok) return;
  const errors = outcome.errors.length > 0 ? outcome.errors : [`pulumi ended with code ${String(outcome.exitCode)}`];
  const failed = outcome.failed.map(({ op, type, name }) => `failed: ${op} ${type} ${name}`);
  throw new Ending(
    [...errors, ...failed, `everything the engine said: ${outcome.log}`].join("\n"),
    // A configuration that the program refuses ends before any resource is proposed.
    errors.some((error) => /bulwark:blueprint|Pulumi\.[\w.-]+\.yaml/.test(error)) ? EXIT.usage : EXIT.engine,
    { errors, failed, log: outcome.log },
  );
}

/** A violation is no approval, and neither is what nobody could judge, except where only the cloud can answer. */
function blockedIn({ violations = [], undetermined = [] }: Partial<Promises> = {}): readonly Verdict[] {
  return [...violations, ...undetermined].filter((verdict) => blocks(verdict, { strict: true }));
}

/** What a preview would do that cannot be undone, or that AWS would refuse halfway. */
function lossesOf(place: Workplace, { stack, configFile }: OperationOptions, { plan }: Outcome): readonly Verdict[] {
  return guard(place, stack, plan, configFile ?? join(place.project, `Pulumi.${stack}.yaml`));
}

function refuse(against: readonly Verdict[], log: string): void {
  if (against.length === 0) return;
  const sentence = `refused for ${against.length} reason${against.length === 1 ? "" : "s"}; nothing was changed`;
  throw new Ending([...against.map(describe), "", sentence].join("\n"), EXIT.refused, { refused: against, log });
}

/** Outputs alone are a change, too: other stacks read them. */
function changes({ changes: counts = {}, outputsChange }: Outcome): boolean {
  return outputsChange || Object.entries(counts).some(([op, count]) => !UNCHANGED.has(op) && count > 0);
}
