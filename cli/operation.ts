import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Events, plain, readEvents } from "./event";
import { Ending, EXIT } from "./exit";

/** The engine, the project it works on and the world it works in. */
export interface Workplace {
  readonly pulumi: string;
  /** The folder of Pulumi.yaml. */
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where logs, event logs and verdicts are kept. */
  readonly logs: string;
  /** The folder of the policy pack. */
  readonly pack: string;
  /** The file of exceptions that the pack and the guard read. */
  readonly waivers: string;
  /** The configuration file that errors point at, where the engine works on a copy. */
  readonly blamed?: string;
}

/** What to ask of the engine. */
export type Kind = "preview" | "up" | "preview-refresh" | "up-refresh" | "destroy-preview" | "destroy" | "ask" | "read";

export interface OperationOptions {
  readonly stack: string;
  readonly configFile?: string;
  /** Where a preview writes what it would make, with every input and where each comes from. */
  readonly savePlan?: string;
  /** Told again and again what the engine is at. */
  readonly onProgress?: (events: Events) => void;
}

/** How an operation went, by the engine's events and not by its exit code alone. */
export interface Outcome extends Events {
  readonly ok: boolean;
  readonly exitCode: number | null;
  /** Everything the engine printed. */
  readonly log: string;
  /** Every event of the engine, a line of JSON each. */
  readonly eventLog: string;
  /** The verdicts that the policy pack wrote. */
  readonly verdicts: string;
}

const COMMANDS: Readonly<Record<Kind, readonly string[]>> = {
  preview: ["preview"],
  up: ["up", "--skip-preview", "--yes"],
  // After an interruption the state does not say what is: both ask the account first.
  "preview-refresh": ["preview", "--refresh"],
  "up-refresh": ["up", "--refresh", "--skip-preview", "--yes"],
  "destroy-preview": ["destroy", "--preview-only"],
  destroy: ["destroy", "--skip-preview", "--yes"],
  // A preview that nobody judges, and a look at every resource; neither changes anything.
  ask: ["preview"],
  read: ["refresh", "--preview-only"],
};

/** Runs one engine operation to its end and reads from its events how it really went. */
export async function operate(place: Workplace, kind: Kind, options: OperationOptions): Promise<Outcome> {
  mkdirSync(place.logs, { recursive: true });
  const base = join(place.logs, `${options.stack}.${kind}`);
  const files = { log: `${base}.log`, events: `${base}.events.jsonl`, verdicts: `${base}.verdicts.json` };
  for (const file of Object.values(files)) rmSync(file, { force: true });

  const judges = kind.startsWith("preview") || kind.startsWith("up");
  const args = [
    ...COMMANDS[kind],
    ...["--non-interactive", "--color", "never", "--stack", options.stack, "--event-log", files.events],
    ...(options.configFile === undefined ? [] : ["--config-file", options.configFile]),
    ...(options.savePlan === undefined ? [] : ["--save-plan", options.savePlan]),
    ...(judges ? ["--policy-pack", place.pack] : []),
  ];
  // The engine offers its event log only together with its other debugging aids.
  const env = {
    ...place.env,
    PULUMI_DEBUG_COMMANDS: "1",
    BULWARK_VERDICTS: files.verdicts,
    BULWARK_WAIVERS: place.waivers,
    // The program points at the lines of this file when it refuses it.
    BULWARK_CONFIG_FILE: place.blamed ?? options.configFile ?? join(place.project, `Pulumi.${options.stack}.yaml`),
    // A pack run through a language host is told neither the stack nor whether this is a preview.
    PULUMI_STACK: options.stack,
    PULUMI_DRY_RUN: String(kind.startsWith("preview") || kind === "ask"),
  };

  const watch = setInterval(() => options.onProgress?.(readEvents(files.events)), 500);
  try {
    const exitCode = await run(place, args, env, files.log);
    return judged(exitCode, readEvents(files.events), files);
  } finally {
    clearInterval(watch);
  }
}

/** Runs any other engine command (`stack init`, `stack export`) and answers what it printed. */
export async function ask(place: Workplace, args: readonly string[]): Promise<string> {
  mkdirSync(place.logs, { recursive: true });
  const log = join(place.logs, `${args.slice(0, 2).join("-")}.log`);
  const exitCode = await run(place, [...args, "--non-interactive", "--color", "never"], place.env, log);
  const printed = readFileSync(log, "utf8");
  if (exitCode !== 0) throw new Ending(`pulumi ${args.join(" ")} failed:\n${withAdvice(printed.trim())}`, EXIT.engine);
  return printed;
}

function run(place: Workplace, args: readonly string[], env: NodeJS.ProcessEnv, log: string): Promise<number | null> {
  const output = openSync(log, "w");
  const child = spawn(place.pulumi, args, { cwd: place.project, env, stdio: ["ignore", output, output] });
  // At a terminal Ctrl-C reaches the engine by itself, and a second one would make it give up at once; everywhere else it
  // is passed on. In both cases this process waits until the engine has ended its step and its plugins.
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  process.on("SIGINT", pass).on("SIGTERM", pass);
  return new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  }).finally(() => process.off("SIGINT", pass).off("SIGTERM", pass));
}

function judged(
  exitCode: number | null,
  events: Events,
  files: { readonly log: string; readonly events: string; readonly verdicts: string },
): Outcome {
  const printed = readFileSync(files.log, "utf8");
  const silent = printed.split("\n").filter((line) => /can't run policy/i.test(line));
  const early = /^error: (.*(?:\n(?!\s*$).*)*)/m.exec(printed)?.[1];
  const errors = [
    ...events.errors,
    // Errors of the command itself (no such stack, a wrong flag) never become events.
    ...(events.errors.length === 0 && exitCode !== 0 && early !== undefined ? [withAdvice(plain(early))] : []),
    ...silent.map((line) => `a policy could not judge: ${plain(line)}`),
  ];
  const ok = exitCode === 0 && events.changes !== undefined && errors.length === 0 && events.failed.length === 0;
  return { ...events, errors, ok, exitCode, log: files.log, eventLog: files.events, verdicts: files.verdicts };
}

/** What to do about the errors that every beginner meets. */
function withAdvice(message: string): string {
  if (message.includes("PULUMI_ACCESS_TOKEN must be set"))
    return `${message}; log in to your state bucket first: pulumi login <what npm run bootstrap printed>`;
  const stack = /no stack named '([^']+)' found/.exec(message)?.[1];
  if (stack === undefined) return message;
  return `${message}; make it with: pulumi stack init ${stack} --secrets-provider <what npm run bootstrap printed>`;
}
