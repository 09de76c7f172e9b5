import { confirm } from "./confirm";
import { demand } from "./gate";
import { operate } from "./operation";
import { planText } from "./plan";
import { previewed } from "./preview";
import { inSteps, sofar, voice } from "./progress";
import { inWords } from "./rehearse/deploy";

/** `up <stack>`: a preview as a gate, a question, then the update that was previewed. */
export async function up(stack: string, options: { readonly json: boolean; readonly yes: boolean }): Promise<void> {
  const { place, approved } = await previewed(stack, options);
  if (!options.json) console.log(planText(approved));
  if (!approved.hasChanges) {
    if (options.json) console.log(JSON.stringify({ stack, changes: {} }));
    return;
  }

  await confirm(`Update ${stack}?`, options);
  const changes: Record<string, number> = {};
  await inSteps(voice(options), {}, [
    {
      title: `Update of ${stack}`,
      work: async (_stage, say) => {
        const outcome = await operate(place, "up", {
          stack,
          onProgress: (events) => {
            say(sofar(events));
          },
        });
        demand(outcome);
        Object.assign(changes, outcome.changes);
        return inWords(changes);
      },
    },
  ]);
  if (options.json) console.log(JSON.stringify({ stack, changes }));
}
