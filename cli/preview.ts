import { withWaiverLines } from "./advice";
import { engine, realPlace } from "./engine";
import { type Approved, gateUpdate } from "./gate";
import type { Workplace } from "./operation";
import { planText } from "./plan";
import { inSteps, sofar, voice } from "./progress";

interface PreviewStage {
  place?: Workplace;
  approved?: Approved;
}

/** Previews a stack with the policy pack and the guard; ends the command unless both agree. Changes nothing. */
export async function previewed(
  stack: string,
  options: { readonly json: boolean },
): Promise<{ readonly place: Workplace; readonly approved: Approved }> {
  const { place, approved } = await inSteps<PreviewStage>(voice(options), {}, [
    {
      title: "Pulumi engine",
      work: async (stage, say) => {
        const found = await engine(say);
        stage.place = realPlace(found);
        return `${found.version} (${found.origin})`;
      },
    },
    {
      title: `Preview of ${stack}`,
      work: async (stage, say) => {
        if (stage.place === undefined) throw new Error("the engine was not obtained before it was used");
        const { place } = stage;
        stage.approved = await withWaiverLines(stack, () =>
          gateUpdate(place, {
            stack,
            onProgress: (events) => {
              say(sofar(events));
            },
          }),
        );
        return stage.approved.hasChanges ? "approved" : "no changes";
      },
    },
  ]);
  if (place === undefined || approved === undefined) throw new Error("a preview without an answer");
  return { place, approved };
}

/** `preview <stack>`: the plan by component and what every control says about it. */
export async function preview(stack: string, options: { readonly json: boolean }): Promise<void> {
  const { approved } = await previewed(stack, options);
  const { outcome, promises } = approved;
  if (options.json)
    console.log(JSON.stringify({ stack, changes: outcome.changes, steps: outcome.steps, promises }, null, 2));
  else console.log(planText(approved));
}
