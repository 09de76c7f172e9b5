import { join } from "node:path";
import { exampleTeardown, withWaiverLines } from "./advice";
import { ROOT } from "./checkout";
import { called } from "./component";
import { confirm } from "./confirm";
import { engine, realPlace } from "./engine";
import { Ending, EXIT } from "./exit";
import { demand, gateDestroy } from "./gate";
import { operate, type Workplace } from "./operation";
import { inSteps, sofar, voice } from "./progress";
import { inWords } from "./rehearse/deploy";
import { layerOf } from "./rehearse/folder";
import { recorded, stacks } from "./stack";
import { protectedOnes, readTeardown, teardownLines } from "./teardown";

/**
 * `destroy <stack>`: refuses, naming every protected resource and the exact lines to add, until the teardown is written
 * down and applied; then previews, asks, and destroys.
 */
export async function destroy(
  stack: string,
  options: { readonly json: boolean; readonly yes: boolean },
): Promise<void> {
  const stage = await inSteps<{ place?: Workplace; planned: number }>(voice(options), { planned: 0 }, [
    {
      title: `What ${stack} protects`,
      work: async (context, say) => {
        const place = realPlace(await engine(say));
        context.place = place;
        await refuseInhabited(place, stack);
        await refuseProtected(place, stack);
        return "nothing any more";
      },
    },
    {
      title: `Preview of the destroy of ${stack}`,
      work: async (context, say) => {
        if (context.place === undefined) throw new Error("the engine was not obtained before it was used");
        const outcome = await withWaiverLines(stack, () =>
          gateDestroy(placed(context.place), {
            stack,
            onProgress: (events) => {
              say(sofar(events));
            },
          }),
        );
        context.planned = outcome.changes?.["delete"] ?? 0;
        return inWords(outcome.changes ?? {});
      },
    },
  ]);

  const { planned } = stage;
  await confirm(`Delete ${planned} resources of ${stack}?`, options);
  await inSteps(voice(options), stage, [
    {
      title: `Destroy of ${stack}`,
      work: async ({ place }, say) => {
        const progress = (events: Parameters<typeof sofar>[0]): void => {
          say(sofar(events, planned));
        };
        const outcome = await operate(placed(place), "destroy", { stack, onProgress: progress });
        demand(outcome);
        return inWords(outcome.changes ?? {});
      },
    },
  ]);
  if (options.json) console.log(JSON.stringify({ stack, deleted: planned }));
}

const STAYS =
  "this layer stays when a cluster goes; if it must go, lift each protection: pulumi state unprotect '<urn>'";

/** Without its cluster a platform could never be taken down: nothing in it would answer any more. */
async function refuseInhabited(place: Workplace, stack: string): Promise<void> {
  const platform = `${stack}-platform`;
  if (!(await stacks(place)).includes(platform)) return;
  if (!(await recorded(place, platform)).some(({ custom }) => custom)) return;
  throw new Ending(
    `${platform} stands on ${stack}, so nothing was deleted; first: npm run destroy -- ${platform}`,
    EXIT.refused,
  );
}

/** Names every protected resource before anything happens: the engine alone would delete others first. */
async function refuseProtected(place: Workplace, stack: string): Promise<void> {
  const named = protectedOnes(await recorded(place, stack)).map(called);
  if (named.length === 0) return;
  const file = `Pulumi.${stack}.yaml`;
  const path = join(ROOT, file);
  const isGoing = ["cluster", "platform"].includes(layerOf(path));
  throw new Ending(
    [
      `${named.length} resources of ${stack} are protected, so nothing was deleted:`,
      ...named.map((one) => `  ${one}`),
      "",
      ...(isGoing ? teardownAdvice(path, stack) : [STAYS]),
      `and then again: npm run destroy -- ${stack}`,
    ].join("\n"),
    EXIT.refused,
    { protected: named },
  );
}

function teardownAdvice(path: string, stack: string): string[] {
  const file = `Pulumi.${stack}.yaml`;
  if (readTeardown(path) !== undefined) return [`${file} already holds a teardown; apply it: npm run up -- ${stack}`];
  return [
    `add to ${file}, under bulwark:blueprint:`,
    "",
    teardownLines(exampleTeardown()),
    "",
    `then: npm run up -- ${stack}`,
  ];
}

function placed(place: Workplace | undefined): Workplace {
  if (place === undefined) throw new Error("the engine was not obtained before it was used");
  return place;
}
