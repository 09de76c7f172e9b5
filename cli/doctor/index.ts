import { join } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { ask } from "../ask";
import type { Answers } from "../ask/question";
import { engine, realPlace } from "../engine";
import { Ending, EXIT } from "../exit";
import { against, countText, isStrict, type Line, lineText } from "../line";
import type { Workplace } from "../operation";
import { inSteps, type Step, voice } from "../progress";
import { lay, rehearsalIn, rehearsalPlace, type RehearsedStack, rehearsedStacks } from "../rehearse/folder";
import { recorded } from "../stack";
import { caller } from "./caller";
import { capacity } from "./capacity";
import type { Check } from "./check";
import { permission } from "./permission";
import { type Plan, planOf } from "./plan";
import { quota } from "./quota";
import { stackFileLines } from "./stack-file";
import { taken } from "./taken";
import { unasked } from "./unasked";
import { version } from "./version";

export interface DoctorOptions {
  readonly json: boolean;
  /** The rehearsed account instead of a real one; a text says where the rehearsal lies. */
  readonly rehearse?: true | string;
}

/** What was found out about one stack. */
interface Examined {
  readonly stack: string;
  readonly planned: number;
  readonly lines: readonly Line[];
}

interface Stage {
  place?: Workplace;
  readonly examined: Examined[];
}

/** Everything that is examined, in the order of the report. */
const CHECKS: readonly Check[] = [caller, permission, quota, taken, capacity, version, unasked];

/**
 * `doctor [stack]`: plans the stack without touching its state, and asks AWS whether anything stands in the way of the first `up`:
 * who calls, what is allowed, quotas, names, capacity, versions. All problems at once. Without a stack: the rehearsal's account.
 */
export async function doctor(stack: string | undefined, { json, rehearse }: DoctorOptions): Promise<void> {
  const isRehearsed = stack === undefined || rehearse !== undefined;
  const rehearsal = isRehearsed ? rehearsalIn(typeof rehearse === "string" ? rehearse : undefined) : undefined;
  if (rehearsal !== undefined) lay(rehearsal);
  const names = stack !== undefined ? [stack] : rehearsal === undefined ? [] : inAws(rehearsedStacks(rehearsal));

  const { examined } = await inSteps<Stage>(voice({ json }), { examined: [] }, [
    {
      title: "Pulumi engine",
      work: async (stage, say) => {
        const found = await engine(say);
        stage.place = rehearsal === undefined ? realPlace(found) : rehearsalPlace(rehearsal, found);
        return `${found.version} (${found.origin})`;
      },
    },
    ...names.map((name) => examineStep(name, { isRehearsed })),
  ]);

  if (!json) for (const one of examined) console.log(examinedText(one));
  const strict = isStrict(process.env);
  const wrong = against(
    examined.flatMap(({ lines }) => lines),
    { strict },
  );
  if (wrong.length > 0) {
    const sentence = `${wrong.length} ${wrong.length === 1 ? "thing stands" : "things stand"} in the way of the first up`;
    throw new Ending(sentence, EXIT.refused, { examined });
  }
  console.log(
    json ? JSON.stringify({ examined }, null, 2) : "\nnothing that AWS was asked stands in the way of the first up",
  );
}

/** A platform is made of Kubernetes objects, of which AWS knows nothing. */
const inAws = (stacks: readonly RehearsedStack[]): string[] =>
  stacks.filter(({ layer }) => layer !== "platform").map(({ name }) => name);

function examineStep(stack: string, { isRehearsed }: { readonly isRehearsed: boolean }): Step<Stage> {
  return {
    title: `Asking AWS about ${stack}`,
    work: async ({ place, examined }, say) => {
      if (place === undefined) throw new Error("the engine was not obtained before it was used");
      const file = join(place.project, `Pulumi.${stack}.yaml`);
      if (!existsSync(file)) throw new Ending(`there is no Pulumi.${stack}.yaml in ${place.project}`, EXIT.usage);
      say("planning what the stack would make");
      const plan = await planOf(place, stack, await madeAlready(place, stack));
      const questions = CHECKS.flatMap((check) => check.questions(plan));
      say(`${questions.length} questions`);
      // A rehearsal's secrets are nobody's, under a passphrase that stands in the code.
      const said = isRehearsed ? [] : stackFileLines(readFileSync(file, "utf8"));
      const answers = await ask(place, { account: plan.account, region: plan.region, questions });
      const one = { stack, planned: plan.resources.length, lines: [...said, ...linesOf(plan, answers)] };
      examined.push(one);
      return countText(one.lines);
    },
  };
}

function linesOf(plan: Plan, answers: Answers): readonly Line[] {
  return CHECKS.flatMap((check) => check.lines(plan, answers));
}

/** What the stack has made already needs nothing more; before the first `up` there is often not even a backend to ask. */
async function madeAlready(place: Workplace, stack: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await recorded(place, stack)).map(({ urn }) => urn));
  } catch {
    return new Set();
  }
}

function examinedText({ stack, planned, lines }: Examined): string {
  return ["", `${stack}: ${planned} resources to be made`, lineText(lines), "", countText(lines)].join("\n");
}
