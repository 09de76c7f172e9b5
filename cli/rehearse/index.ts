import { engine } from "../engine";
import { inSteps, type Step, voice } from "../progress";
import { deploySteps, type Stage } from "./deploy";
import { lay, type Rehearsal, rehearsalIn, rehearsalPlace, rehearsedStacks } from "./folder";
import { summary, summaryText } from "./summary";

export interface RehearseOptions {
  readonly json: boolean;
  /** Where the rehearsal lies. @default `.bulwark/rehearsal` */
  readonly folder?: string;
  /** The folder whose configuration is rehearsed. @default `examples/production` */
  readonly example?: string;
}

/** The first step of every rehearsal: an engine, in a home where AWS is played by the twin. */
export function obtainStep(rehearsal: Rehearsal): Step<Stage> {
  return {
    title: "Pulumi engine",
    work: async (stage, say) => {
      const found = await engine(say);
      stage.place = rehearsalPlace(rehearsal, found);
      return `${found.version} (${found.origin})`;
    },
  };
}

/** Rehearses the main job: account layer, cluster layer, platform layer, each previewed, judged and created in the twin's account. */
export async function rehearse(options: RehearseOptions): Promise<void> {
  const started = Date.now();
  const rehearsal = rehearsalIn(options.folder);
  lay(rehearsal, options.example);

  const steps = [obtainStep(rehearsal), ...rehearsedStacks(rehearsal).flatMap(deploySteps)];
  const stage = await inSteps<Stage>(voice(options), { deployed: [] }, steps);

  const result = summary(rehearsal, stage.deployed, (Date.now() - started) / 1000);
  console.log(options.json ? JSON.stringify(result, null, 2) : summaryText(result));
}
