import { confirm } from "../confirm";
import { Ending, EXIT } from "../exit";
import { inSteps, voice } from "../progress";
import { adopted } from "./deployment";
import { findsText, type Recovered, recoveredText, refuseOpen, taken, told } from "./report";
import type { Answers } from "./search";
import { type Lock, refuseAlive } from "./state";
import { begun, obtainStep, proofStep, readStep, searchStep, type Stage, updateStep } from "./steps";

export interface RecoverOptions {
  readonly json: boolean;
  readonly yes: boolean;
  /** `type::name=id` of what a person has found in the account. */
  readonly adopt: readonly string[];
  /** `type::name` of what a person has looked for and not found. */
  readonly create: readonly string[];
  /** The rehearsed stack instead of a real one; a text says where the rehearsal lies. */
  readonly rehearse?: true | string;
}

/** Each round can only find what the one before made findable; a chain this long is none of an interruption. */
const ROUNDS = 5;

/**
 * `recover <stack>`: after an interrupted update, adopts what the account holds and the state lacks, finishes the update
 * through the same gate as any other, and proves that nothing is left to do.
 */
export async function recover(stack: string, options: RecoverOptions): Promise<void> {
  const speak = voice(options);
  const answers = answersOf(options);
  const stage: Stage = await inSteps<Stage>(
    speak,
    { pending: [], searched: { finds: [], open: [] }, finds: [], changes: {}, strays: [] },
    [obtainStep(options.rehearse), readStep(stack)],
  );
  const { state } = begun(stage);
  if (stage.lock !== undefined) {
    refuseAlive(stack, stage.lock);
    await confirm(`${stack} is locked by ${stage.lock.holders.join(", ")}. Is that update dead?`, options);
    await state.unlock();
    await inSteps(speak, stage, [readStep(stack)]);
  }

  for (let round = 0; ; round += 1) {
    await inSteps(speak, stage, [searchStep(stack, answers)]);
    const { finds, open } = stage.searched;
    if (finds.length > 0) {
      if (round === ROUNDS) throw new Ending(`still found something after ${ROUNDS} rounds`, EXIT.engine);
      await confirm(`Adopt into the state of ${stack}: ${findsText(finds)}?`, options);
      refuseLocked(stack, await state.write(adopted(await state.read(), finds)));
      stage.finds.push(...finds);
    }
    refuseOpen(stack, open, stage.finds);
    if (finds.length === 0) break;
  }
  await confirm(`Finish the update of ${stack}?`, options);
  await inSteps(speak, stage, [updateStep(stack), proofStep(stack)]);
  state.settle();

  const result: Recovered = {
    stack,
    adopted: stage.finds.map(taken),
    changes: stage.changes,
    unasked: stage.searched.open.map(told),
    strays: stage.strays,
    backup: state.backup,
  };
  console.log(options.json ? JSON.stringify(result, null, 2) : recoveredText(result));
  if (result.strays.length > 0) process.exitCode = EXIT.refused;
}

function answersOf({ adopt, create }: RecoverOptions): Answers {
  const pairs = adopt.map((pair): [string, string] => {
    const [, name, id] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (name === undefined || id === undefined)
      throw new Ending(`--adopt takes <type>::<name>=<id>, got "${pair}"`, EXIT.usage);
    return [name, id];
  });
  return { adopt: new Map(pairs), create: new Set(create) };
}

function refuseLocked(stack: string, lock: Lock | undefined): void {
  if (lock === undefined) return;
  throw new Ending(`${stack} was locked meanwhile by ${lock.holders.join(", ")}; recover again`, EXIT.refused);
}
