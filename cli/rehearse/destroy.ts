import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { called } from "../component";
import { Ending, EXIT } from "../exit";
import { demand, gateDestroy, gateUpdate } from "../gate";
import { operate, type Workplace } from "../operation";
import { inSteps, sofar, type Step, voice } from "../progress";
import { recorded, stacks } from "../stack";
import { addTeardown, addWaivers, protectedOnes, type Refused, type Teardown, waiversFor } from "../teardown";
import { capital, inWords, placeOf, type Stage } from "./deploy";
import { lay, type Rehearsal, rehearsalIn, rehearsedStacks, type RehearsedStack } from "./folder";
import { obtainStep, type RehearseOptions } from "./index";
import { askWhatIsLeft, type Left, leftText } from "./left";

interface TeardownStage extends Stage {
  left?: Left;
  readonly protected: string[];
}

/**
 * Takes the platforms and clusters down as the documentation says: name what is protected, lift the protection by configuration and
 * waivers, destroy, and then ask the account what is left. The account layer stays.
 */
export async function destroyRehearsal(options: RehearseOptions): Promise<void> {
  const rehearsal = rehearsalIn(options.folder);
  lay(rehearsal, options.example);
  const all = rehearsedStacks(rehearsal);
  // What stands on a cluster goes before it.
  const going = all.filter(({ layer }) => layer === "cluster" || layer === "platform").toReversed();
  const kept = all.filter((stack) => !going.includes(stack)).map(({ name }) => name);
  const steps: Step<TeardownStage>[] = [
    obtainStep(rehearsal),
    ...going.map((stack) => destroyStep(rehearsal, stack)),
    {
      title: "Asking the account what is left",
      work: async (stage) => {
        stage.left = await askWhatIsLeft(placeOf(stage), rehearsal, kept);
        return stage.left.unexpected.length === 0 ? "only what the account layer keeps" : "more than it should be";
      },
    },
  ];
  const { left, protected: names } = await inSteps<TeardownStage>(
    voice(options),
    { deployed: [], protected: [] },
    steps,
  );

  if (left === undefined) throw new Error("the account was not asked");
  if (options.json) console.log(JSON.stringify({ rehearsal: true, protected: names, left }, null, 2));
  else console.log(leftText(left));
  if (left.unexpected.length > 0) process.exitCode = EXIT.refused;
}

function destroyStep(rehearsal: Rehearsal, stack: RehearsedStack): Step<TeardownStage> {
  return {
    title: `${capital(stack.layer)} layer, destroy of ${stack.name}`,
    work: async (stage, say) => {
      const place = placeOf(stage);
      if (!(await stacks(place)).includes(stack.name)) return "was never created";
      const resources = await recorded(place, stack.name);
      if (!resources.some(({ custom }) => custom)) return "nothing to destroy";

      const names = protectedOnes(resources).map(called);
      stage.protected.push(...names);
      tell(names);
      say("lifting the protection");
      return withRestored([stack.configFile, rehearsal.waivers], () => takeDown(place, rehearsal, stack, say));
    },
  };
}

async function takeDown(
  place: Workplace,
  rehearsal: Rehearsal,
  { name, configFile }: RehearsedStack,
  say: (words: string) => void,
): Promise<string> {
  const options = {
    stack: name,
    onProgress: (events: Parameters<typeof sofar>[0]) => {
      say(sofar(events));
    },
  };
  const teardown = permission();
  const waive = (refused: readonly Refused[]): void => {
    addWaivers(rehearsal.waivers, waiversFor(refused, teardown, name));
  };

  addTeardown(configFile, teardown);
  const approved = await withWaivers(() => gateUpdate(place, options), waive);
  if (approved.hasChanges) demand(await operate(place, "up", options));

  await withWaivers(() => gateDestroy(place, options), waive);
  const destroyed = await operate(place, "destroy", options);
  demand(destroyed);
  return inWords(destroyed.changes ?? {});
}

/** Tries; what is refused gets a waiver, as a person would write it after reading the refusal; then tries once more. */
async function withWaivers<Result>(
  attempt: () => Promise<Result>,
  waive: (refused: readonly Refused[]) => void,
): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Ending) || error.code !== EXIT.refused || error.details.refused === undefined) throw error;
    waive(error.details.refused as readonly Refused[]);
    return attempt();
  }
}

/** Puts the files back as they were: the next rehearsal begins with every protection on. */
async function withRestored<Result>(files: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const before = files.filter((file) => existsSync(file)).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  try {
    return await work();
  } finally {
    for (const { file, text } of before) writeFileSync(file, text);
  }
}

function permission(): Teardown {
  const until = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  return { reason: "rehearsal of a teardown on the twin", by: "rehearsal@example.com", until };
}

function tell(names: readonly string[]): void {
  if (names.length === 0) return;
  console.error(
    ["Protected, and therefore named before anything is deleted:", ...names.map((name) => `  ${name}`)].join("\n"),
  );
}
