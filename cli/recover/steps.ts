import { withWaiverLines } from "../advice";
import { engine, realPlace } from "../engine";
import { Ending, EXIT } from "../exit";
import { demand, gateUpdate } from "../gate";
import { operate, type Workplace } from "../operation";
import { sofar, type Step } from "../progress";
import { rehearsalIn, rehearsalPlace } from "../rehearse/folder";
import type { Exported, Pending } from "./deployment";
import { AskedProvider } from "./provider";
import { findsText, type Recovered, withAdvice } from "./report";
import { type Answers, type Find, search, type Searched } from "./search";
import { type Lock, State } from "./state";
import { strays } from "./tagged";
import { planned, wantedOf } from "./wanted";

/** What the steps of a recovery hand on to each other. */
export interface Stage {
  place?: Workplace;
  state?: State;
  lock?: Lock | undefined;
  pending: readonly Pending[];
  searched: Searched;
  readonly finds: Find[];
  changes: Readonly<Record<string, number>>;
  strays: Recovered["strays"];
}

/** The first step: an engine, and the account or the twin that it works on. */
export function obtainStep(rehearse: true | string | undefined): Step<Stage> {
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
export function readStep(stack: string): Step<Stage> {
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

/** Previews, and asks the account for everything that the plan would create or a dead engine had begun. */
export function searchStep(stack: string, answers: Answers): Step<Stage> {
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

/** The update that was interrupted, from what the account says and not from what the state remembers. */
export function updateStep(stack: string): Step<Stage> {
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
        throw withAdvice(error, stage.searched.open, stage.finds);
      }
      stage.changes = outcome.changes ?? {};
      return "done";
    },
  };
}

/** A recovery that left something to do is none. */
export function proofStep(stack: string): Step<Stage> {
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

/** What the first two steps made. */
export function begun({ place, state }: Stage): { readonly place: Workplace; readonly state: State } {
  if (place === undefined || state === undefined) throw new Error("the state was not read before it was used");
  return { place, state };
}
