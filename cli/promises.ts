import { readFileSync } from "node:fs";
import type { VerdictFile } from "../policies/pack/verdict-file";
import type { Verdict } from "../policies/verdict";

/** What the controls said about a stack, sorted for people. */
export interface Promises {
  /** Whether the pack got to the end and judged the stack as a whole. */
  readonly complete: boolean;
  /** Ids of controls that hold for every resource they are about. */
  readonly hold: readonly string[];
  /** Ids of controls about nothing that this stack has. */
  readonly notApplicable: readonly string[];
  readonly violations: readonly Verdict[];
  readonly undetermined: readonly Verdict[];
  readonly waived: readonly Verdict[];
  /** Waivers that are unused, expired or unknown: to be cleared away, but no danger. */
  readonly aboutWaivers: readonly Verdict[];
}

/** Reads what the policy pack wrote; undefined when it wrote nothing, which never counts as approval. */
export function readPromises(file: string): Promises | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const { verdicts, complete } = JSON.parse(text) as VerdictFile;
  return sortVerdicts(verdicts, complete);
}

/** Sorts verdicts by control: one control holds when no verdict of it says otherwise. */
export function sortVerdicts(all: readonly Verdict[], complete: boolean): Promises {
  const verdicts = all.filter(({ resource }) => resource.type !== "waiver");
  const of = (outcome: Verdict["verdict"]) => verdicts.filter(({ verdict }) => verdict === outcome);
  const open = new Set(verdicts.filter(({ verdict }) => verdict !== "pass").map(({ control }) => control));
  const passed = new Set(of("pass").map(({ control }) => control));
  return {
    complete,
    hold: [...passed].filter((control) => !open.has(control)).toSorted(),
    notApplicable: [...new Set(of("not-applicable").map(({ control }) => control))].toSorted(),
    violations: of("violation"),
    undetermined: of("undetermined"),
    waived: of("waived"),
    aboutWaivers: all.filter(({ resource }) => resource.type === "waiver"),
  };
}

/** One violation as people read it: which control, where, what is wrong, why it matters, what to change. */
export function describe({ control, severity, resource, path, message, why, fix }: Verdict): string {
  const where = path === undefined ? resource.name : `${resource.name} (${path})`;
  return [`${control} [${severity}] ${where}: ${message}`, `  why: ${why}`, `  fix: ${fix}`].join("\n");
}
