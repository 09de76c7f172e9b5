import { demand, gateUpdate } from "../gate";
import { operate, type Outcome, type Workplace } from "../operation";
import { sofar, type Step } from "../progress";
import { type Promises, readPromises } from "../promises";
import { ensureStack, recorded, type Recorded } from "../stack";
import type { RehearsedStack } from "./folder";

/** What a rehearsal knows about one stack once it stands. */
export interface Deployed {
  readonly stack: string;
  readonly layer: string;
  /** Numbers of resources by what was done with them; empty when nothing changed. */
  readonly changes: Readonly<Record<string, number>>;
  readonly promises: Promises;
  readonly resources: readonly Recorded[];
  readonly seconds: number;
}

const ONLY_OUTPUTS = "only what the stack tells other stacks";

/** What the steps of a rehearsal hand on to each other. */
export interface Stage {
  place?: Workplace;
  readonly deployed: Deployed[];
}

/** The engine's workplace, which the first step of every rehearsal makes. */
export function placeOf({ place }: Stage): Workplace {
  if (place === undefined) throw new Error("the engine was not obtained before it was used");
  return place;
}

/** Preview with the pack as a gate, then update if there is anything to update. */
export function deploySteps(stack: RehearsedStack): Step<Stage>[] {
  const { name, layer } = stack;
  const options = { stack: name };
  let planned = 0;
  let hasChanges = false;
  let promises: Promises | undefined;

  return [
    {
      title: `${capital(layer)} layer, preview of ${name}`,
      work: async (stage, say) => {
        const place = placeOf(stage);
        say("asking the engine");
        await ensureStack(place, name);
        const approved = await gateUpdate(place, {
          ...options,
          onProgress: (events) => {
            say(sofar(events));
          },
        });
        ({ promises, hasChanges } = approved);
        const same = approved.outcome.changes?.["same"] ?? 0;
        const rest = withoutSame(approved.outcome);
        planned = sum(rest);
        return hasChanges ? inWords(rest) || ONLY_OUTPUTS : `no changes (${same} resources)`;
      },
    },
    {
      title: `${capital(layer)} layer, up`,
      work: async (stage, say) => {
        const place = placeOf(stage);
        const started = Date.now();
        let changes: Readonly<Record<string, number>> = {};
        if (hasChanges) {
          const outcome = await operate(place, "up", {
            ...options,
            onProgress: (events) => {
              say(sofar(events, planned));
            },
          });
          demand(outcome);
          changes = withoutSame(outcome);
          // After the update every value is known, so the pack's second word is the better one.
          promises = readPromises(outcome.verdicts) ?? promises;
        }
        if (promises === undefined) throw new Error("an update without a gate");
        const resources = await recorded(place, name);
        const seconds = (Date.now() - started) / 1000;
        stage.deployed.push({ stack: name, layer, changes, promises, resources, seconds });
        return hasChanges ? inWords(changes) || ONLY_OUTPUTS : "no changes";
      },
    },
  ];
}

/** `80 create, 2 update`. */
export function inWords(changes: Readonly<Record<string, number>>): string {
  return Object.entries(changes)
    .map(([op, count]) => `${count} ${op}`)
    .join(", ");
}

function withoutSame({ changes = {} }: Outcome): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(changes).filter(([op]) => op !== "same"));
}

function sum(changes: Readonly<Record<string, number>>): number {
  return Object.values(changes).reduce((total, count) => total + count, 0);
}

/** A layer as a title begins with it. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
