import { existsSync } from "node:fs";
import { ask } from "../ask";
import type { Answers } from "../ask/question";
import { engine, realPlace } from "../engine";
import { Ending, EXIT } from "../exit";
import { demand } from "../gate";
import { isStrict } from "../line";
import { operate, type Workplace } from "../operation";
import { inSteps, type Step, voice } from "../progress";
import { rehearsalIn, rehearsalPlace, rehearsedStacks } from "../rehearse/folder";
import { recorded, type Recorded } from "../stack";
import { findings, questionsAbout, strangerQuestions } from "./beyond";
import { type Held, held } from "./inventory";
import { type Verified, verdictOn } from "./judgement";
import { readings } from "./reading";
import { endingText, reportText } from "./report";

export interface VerifyOptions {
  readonly json: boolean;
  /** The rehearsed account instead of a real one; a text says where the rehearsal lies. */
  readonly rehearse?: true | string;
}

interface Stage {
  place?: Workplace;
  readonly verified: Verified[];
}

/**
 * `verify [stack]`: reads every resource of the stack back from AWS, judges what AWS holds by the whole catalogue, and asks about
 * what no stack holds. Without a stack: the rehearsal's account.
 */
export async function verify(stack: string | undefined, { json, rehearse }: VerifyOptions): Promise<void> {
  const isRehearsed = stack === undefined || rehearse !== undefined;
  const rehearsal = isRehearsed ? rehearsalIn(typeof rehearse === "string" ? rehearse : undefined) : undefined;
  if (rehearsal !== undefined && !existsSync(rehearsal.account))
    throw new Ending("nothing was rehearsed yet; begin with: npm run rehearse", EXIT.usage);
  const stacks =
    stack !== undefined ? [stack] : rehearsal === undefined ? [] : rehearsedStacks(rehearsal).map(({ name }) => name);

  const { verified } = await inSteps<Stage>(voice({ json }), { verified: [] }, [
    {
      title: "Pulumi engine",
      work: async (stage, say) => {
        const found = await engine(say);
        stage.place = rehearsal === undefined ? realPlace(found) : rehearsalPlace(rehearsal, found);
        return `${found.version} (${found.origin})`;
      },
    },
    ...stacks.map(verifyStep),
  ]);

  if (!json) for (const one of verified) console.log(reportText(one));
  const ending = endingText(verified, rehearsal === undefined ? {} : { rehearsal: rehearsal.folder });
  if (verified.some(({ holds }) => !holds)) throw new Ending(ending, EXIT.refused, { verified });
  console.log(json ? JSON.stringify({ verified }, null, 2) : `\n${ending}`);
}

function verifyStep(stack: string): Step<Stage> {
  return {
    title: `Reading ${stack} back from AWS`,
    work: async ({ place, verified }, say) => {
      if (place === undefined) throw new Error("the engine was not obtained before it was used");
      say("every resource, as AWS holds it");
      const resources = await recorded(place, stack);
      if (!resources.some(({ custom }) => custom))
        throw new Ending(`${stack} holds nothing yet; create it with: npm run up -- ${stack}`, EXIT.refused);
      // What to ask besides follows from the names in the state, so nobody waits for the reading.
      const [outcome, answers] = await Promise.all([
        operate(place, "read", { stack }),
        asked(place, resources, held(resources, new Map())),
      ]);
      demand(outcome);
      const whole = held(resources, readings(outcome.eventLog));
      const today = new Date().toISOString().slice(0, 10);
      const judging = { stack, waivers: place.waivers, today, strict: isStrict(process.env) };
      const one = verdictOn(whole, findings(whole, answers), judging);
      verified.push(one);
      return one.holds ? "as promised" : "not as promised";
    },
  };
}

/** The answers to everything there is to ask; what nobody of the stack made is asked about once more, each by itself. */
async function asked(place: Workplace, resources: readonly Recorded[], whole: Held): Promise<Answers> {
  const questions = questionsAbout(whole);
  if (questions.length === 0) return new Map();
  const where = accountOf(resources);
  const first = await ask(place, { ...where, questions });
  const strangers = strangerQuestions(whole, first);
  if (strangers.length === 0) return first;
  return new Map([...first, ...(await ask(place, { ...where, questions: strangers }))]);
}

/** The account and region that the stack's provider is bound to: others are not asked. */
function accountOf(resources: readonly Recorded[]): { readonly account: string; readonly region: string } {
  const { region, allowedAccountIds } = resources.find(({ type }) => type === "pulumi:providers:aws")?.inputs ?? {};
  // The engine keeps a provider's lists as JSON text.
  const [account] = typeof allowedAccountIds === "string" ? (JSON.parse(allowedAccountIds) as string[]) : [];
  if (typeof region === "string" && account !== undefined) return { account, region };
  throw new Ending("the stack's state names no provider that is bound to an account and region", EXIT.engine);
}
