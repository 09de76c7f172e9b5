import { withWaiverLines } from "../advice";
import { confirm } from "../confirm";
import { engine, realPlace } from "../engine";
import { Ending, EXIT } from "../exit";
import { demand, gateUpdate } from "../gate";
import { operate, type Workplace } from "../operation";
import { inSteps, sofar, type Step, voice } from "../progress";
import { rehearsalIn, rehearsalPlace } from "../rehearse/folder";
import { adopted, type Exported, type Pending } from "./deployment";
import { AskedProvider } from "./provider";
import { findsText, type Recovered, recoveredText, refuseOpen, told, withAdvice } from "./report";
import { type Answers, called, type Find, search, type Searched } from "./search";
import { type Lock, refuseAlive, State } from "./state";
import { strays } from "./tagged";
import { planned, wantedOf } from "./wanted";

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

/** What the steps of a recovery hand on to each other. */
interface Stage {
  place?: Workplace;
  state?: State;
  lock?: Lock | undefined;
  pending: readonly Pending[];
  searched: Searched;
  readonly finds: Find[];
  changes: Readonly<Record<string, number>>;
  strays: Recovered["strays"];
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
    [obtainStep(options), readStep(stack)],
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
    refuseOpen(stack, open);
    if (finds.length === 0) break;
  }
  await confirm(`Finish the update of ${stack}?`, options);
  await inSteps(speak, stage, [updateStep(stack), proofStep(stack)]);
  state.settle();

  const result: Recovered = {
    stack,
    adopted: stage.finds.map(({ wanted, held }) => ({ resource: called(wanted), id: held.id })),
    changes: stage.changes,
    unasked: stage.searched.open.map(told),
    strays: stage.strays,
    backup: state.backup,
  };
  console.log(options.json ? JSON.stringify(result, null, 2) : recoveredText(result));
  if (result.strays.length > 0) process.exitCode = EXIT.refused;
}

function obtainStep({ rehearse }: RecoverOptions): Step<Stage> {
  return {
    title: "Pulumi engine",
    work: async (stage, say) => {
      const found = await engine(say);
      const rehearsal = rehearse === undefined ? undefined : rehearsalIn(rehearse === true ? undefined : rehearse);
      stage.place = rehearsal === undefined ? realPlace(found) : rehearsalPlace(rehearsal, found);
      return `${found.version} (${found.origin})`;
    },
  };
}

/** Reads the state and writes it back without what a dead engine had begun; the journal keeps that. */
function readStep(stack: string): Step<Stage> {
  return {
    title: `State of ${stack}`,
    work: async (stage) => {
      if (stage.place === undefined) throw new Error("the engine was not obtained before it was used");
      stage.state ??= new State(stage.place, stack);
      const exported = await stage.state.read();
      stage.pending = stage.state.keep(exported);
      stage.lock = await stage.state.write(exported);
      if (stage.lock !== undefined) return `locked by ${stage.lock.holders.join(", ")}`;
      return `${stage.pending.length} operations were begun and not ended`;
    },
  };
}

function searchStep(stack: string, answers: Answers): Step<Stage> {
  return {
    title: "What the account holds and the state lacks",
    work: async (stage, say) => {
      const { place, state } = begun(stage);
      const onProgress = (events: Parameters<typeof sofar>[0]): void => {
        say(sofar(events));
      };
      const options = { stack, onProgress };
      const approved = await withWaiverLines(stack, () => gateUpdate(place, options, "preview-refresh"));
      const known = new Set(stage.finds.map(({ wanted }) => wanted.urn));
      const wanted = wantedOf(planned(approved.outcome.eventLog), stage.pending).filter(({ urn }) => !known.has(urn));
      const exported = await state.read();
      stage.searched = await asking(place, exported, { finds: [], open: [] }, (provider, { account, region }) =>
        search(provider, exported, wanted, { place: { account, region }, answers }),
      );
      return findsText(stage.searched.finds);
    },
  };
}

function updateStep(stack: string): Step<Stage> {
  return {
    title: `Update of ${stack}`,
    work: async (stage, say) => {
      const onProgress = (events: Parameters<typeof sofar>[0]): void => {
        say(sofar(events));
      };
      const outcome = await operate(begun(stage).place, "up-refresh", { stack, onProgress });
      try {
        demand(outcome);
      } catch (error) {
        throw withAdvice(error, stage.searched.open);
      }
      stage.changes = outcome.changes ?? {};
      return "done";
    },
  };
}

/** A recovery that left something to do is none. */
function proofStep(stack: string): Step<Stage> {
  return {
    title: `Next preview of ${stack}`,
    work: async (stage) => {
      const { place, state } = begun(stage);
      const approved = await gateUpdate(place, { stack });
      if (approved.hasChanges)
        throw new Ending(`the next preview still has changes; see ${approved.outcome.log}`, EXIT.engine);
      const exported = await state.read();
      stage.strays = await asking(place, exported, [], (provider, where) =>
        strays(provider, exported, { ...where, stack }),
      );
      return "no changes";
    },
  };
}

/** Asks through the provider as the state configures it; without one nothing was ever created. */
async function asking<Answer>(
  place: Workplace,
  { deployment }: Exported,
  otherwise: Answer,
  question: (provider: AskedProvider, where: { account: string; region: string }) => Promise<Answer>,
): Promise<Answer> {
  const inputs = deployment.resources?.find(({ type }) => type === "pulumi:providers:aws")?.inputs;
  if (inputs === undefined) return otherwise;
  const { allowedAccountIds = "[]", region } = inputs as { allowedAccountIds?: string; region: string };
  const [account = ""] = JSON.parse(allowedAccountIds) as string[];
  const provider = await AskedProvider.start(place, inputs);
  try {
    return await question(provider, { account, region });
  } finally {
    await provider.stop();
  }
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

function begun({ place, state }: Stage): { readonly place: Workplace; readonly state: State } {
  if (place === undefined || state === undefined) throw new Error("the state was not read before it was used");
  return { place, state };
}
