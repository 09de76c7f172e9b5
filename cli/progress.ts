import { Listr, type ListrTask } from "listr2";
import type { Events } from "./event";

/** How a command speaks while it works: a live list for people, plain lines for logs, nothing for machines. */
export type Voice = "live" | "plain" | "silent";

/** One step of a command. */
export interface Step<Context> {
  readonly title: string;
  /** Does the step; `say` shows what it is at. A string returned becomes the end of the title. */
  readonly work: (context: Context, say: (words: string) => void) => Promise<string | undefined>;
}

/** Live only where a person watches. */
export function voice({ json }: { readonly json: boolean }): Voice {
  if (json) return "silent";
  return process.stdout.isTTY && process.env["CI"] === undefined ? "live" : "plain";
}

/** Does the steps one after the other and shows how far they are; the first that fails ends the command. */
export async function inSteps<Context extends object>(
  voice: Voice,
  context: Context,
  steps: readonly Step<Context>[],
): Promise<Context> {
  if (voice === "live") {
    await new Listr<Context>(steps.map(asTask), {
      rendererOptions: { collapseErrors: false, showErrorMessage: false },
    }).run(context);
    return context;
  }
  for (const step of steps) await inLines(voice, context, step);
  return context;
}

/** `12 of 80: vpc main`: what an update or destroy has done so far, without what stays as it is. */
export function sofar({ steps }: Events, planned?: number): string {
  const done = steps.filter(({ op }) => op !== "same" && op !== "read");
  const last = done.at(-1);
  if (last === undefined) return "reading the configuration";
  const count = planned === undefined ? String(done.length) : `${Math.min(done.length, planned)} of ${planned}`;
  return `${count}: ${last.op} ${last.type.split(":").at(-1) ?? last.type} ${last.name}`;
}

function asTask<Context extends object>({ title, work }: Step<Context>): ListrTask<Context> {
  return {
    title,
    task: async (context, task) => {
      const end = await work(context, (words) => {
        task.output = words;
      });
      if (end !== undefined) task.title = `${title}: ${end}`;
    },
  };
}

/** Plain lines: the start and the end of each step, and what it is at every fifteen seconds. */
async function inLines<Context>(voice: Voice, context: Context, { title, work }: Step<Context>): Promise<void> {
  const print = (words: string): void => {
    if (voice === "plain") console.log(words);
  };
  let spoken = Date.now();
  print(`${title} …`);
  const end = await work(context, (words) => {
    if (Date.now() - spoken < 15_000) return;
    spoken = Date.now();
    print(`  ${words}`);
  });
  print(`${title}: ${end ?? "done"}`);
}
