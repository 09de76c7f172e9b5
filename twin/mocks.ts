import * as pulumi from "@pulumi/pulumi";

import { Account } from "./account";
import { Monitor } from "./monitor";
import { onUnhandledRejection } from "./rejection";
import type { Registration } from "./registration";

/** How a program is run in-process. */
export interface RunOptions {
  /** Nothing is created, and what AWS would compute is unknown. @default false */
  readonly preview?: boolean;
  /** @default bulwark */
  readonly project?: string;
  /** @default test */
  readonly stack?: string;
  /** Stack configuration, each value as text (objects as JSON). */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of other stacks, by the name that a `StackReference` says, or its last part. @default there is no other stack */
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Addresses of API servers that answer though the account holds no such cluster. @default none */
  readonly clusters?: readonly string[];
  /** @default a new account in memory, in which nothing takes time */
  readonly account?: Account;
}

/** What a run leaves: the registrations in their order, the stack's outputs, and the account. */
export interface Run {
  readonly registrations: readonly Registration[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly account: Account;
}

/**
 * Runs a Pulumi program in this process against a twin account: no engine, no second run, so no diffs. It waits until every
 * resource is made, and rejects with the first thing that went wrong. Runs must follow one another.
 */
export async function run(program: () => unknown, options: RunOptions = {}): Promise<Run> {
  const { preview = false, project = "bulwark", stack = "test", config = {}, stacks = {}, clusters = [] } = options;
  const account = options.account ?? Account.open(undefined, { timeScale: 0 });
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // the SDK keeps a stack for every resource and output, which takes four fifths of a run

  let stopListening: (() => void) | undefined;
  try {
    return await new Promise<Run>((resolve, reject) => {
      // What already runs comes to its end first, so that it cannot disturb the next run.
      const fail = (error: unknown) => {
        setImmediate(reject, asError(error));
      };
      stopListening = onUnhandledRejection(fail);
      const monitor = new Monitor({ account, project, stack, preview, stacks, clusters, fail });
      perform(program, monitor, { preview, project, stack, config }).then((outputs) => {
        // One round later than a failure, which Node tells of only when all that is ready has run.
        setImmediate(() => setImmediate(resolve, { registrations: monitor.registrations, outputs, account }));
      }, fail);
    });
  } finally {
    stopListening?.();
    Error.stackTraceLimit = depth;
  }
}

async function perform(
  program: () => unknown,
  monitor: Monitor,
  { project, stack, preview, config }: Required<Pick<RunOptions, "project" | "stack" | "preview" | "config">>,
): Promise<Record<string, unknown>> {
  const never = () => Promise.reject(new Error("the twin's monitor answers in the mocks' place"));
  await pulumi.runtime.setMocks({ call: never, newResource: never }, project, stack, preview);
  const mocked = pulumi.runtime.getMonitor();
  if (mocked === undefined) throw new Error("the Pulumi SDK has no monitor after setMocks");
  for (const method of [
    "registerResource",
    "readResource",
    "invoke",
    "registerResourceOutputs",
    "supportsFeature",
    "close",
  ] as const) {
    Object.assign(mocked, { [method]: monitor[method].bind(monitor) });
  }
  pulumi.runtime.setAllConfig({ ...config });

  let failure: unknown;
  const outputs = (await pulumi.runtime.runInPulumiStack(async () => {
    try {
      return (await program()) as object;
    } catch (error) {
      failure = error; // thrown here it would surface a second time, as an unhandled rejection
      return {};
    }
  })) as Record<string, unknown> | undefined;
  await pulumi.runtime.disconnect();
  if (failure !== undefined) throw asError(failure);
  return outputs ?? {};
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(JSON.stringify(thrown));
}
