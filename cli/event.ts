import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { PlanStep } from "../policies/plan";

/** What the engine does or would do with one resource. */
export interface Step {
  /** `create`, `update`, `same`, `delete`, `replace`, `create-replacement`, `delete-replaced`, `read`, `import` … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether the state protects it. */
  readonly protect: boolean;
  /** The properties that would change, where the provider says so. */
  readonly properties: readonly string[];
}

/** The engine's own account of one operation, read from its event log. */
export interface Events {
  readonly steps: readonly Step[];
  /** The same steps with what the guard judges besides: ids and inputs, old and new. */
  readonly plan: readonly PlanStep[];
  readonly failed: readonly Step[];
  /** Whether what the stack tells other stacks is or would be another than before. */
  readonly outputsChange: boolean;
  /** Messages of severity "error", in order. */
  readonly errors: readonly string[];
  /** What the policy pack reported, mandatory or advisory. */
  readonly findings: readonly string[];
  /** Numbers of resources by what was or would be done with them; absent when the engine did not get to the end. */
  readonly changes: Readonly<Record<string, number>> | undefined;
}

interface State {
  readonly protect?: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: State | null;
  readonly new?: State | null;
  readonly diffs?: readonly string[];
  /** The properties because of which a resource is replaced. */
  readonly keys?: readonly string[];
}

interface Event {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly resOpFailedEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
  readonly policyEvent?: { readonly message: string; readonly policyName: string; readonly enforcementLevel: string };
  readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
  readonly errorEvent?: { readonly error?: string };
}

/** Reads an event log; a last line that is only half written is left out, since the engine may still be at it. */
export function readEvents(file: string): Events {
  const events = lines(file).map((line) => JSON.parse(line) as Event);
  const begun = events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []));
  return {
    steps: begun.map(stepOf),
    plan: begun.map(planned),
    failed: events.flatMap(({ resOpFailedEvent }) => (resOpFailedEvent ? [stepOf(resOpFailedEvent.metadata)] : [])),
    outputsChange: events.some(({ resOutputsEvent }) => resOutputsEvent && tellsOtherwise(resOutputsEvent.metadata)),
    errors: unique(
      events.flatMap(({ diagnosticEvent, errorEvent }) => [
        ...(diagnosticEvent?.severity === "error" ? [plain(diagnosticEvent.message)] : []),
        ...(errorEvent?.error === undefined ? [] : [plain(errorEvent.error)]),
      ]),
    ),
    findings: events.flatMap(({ policyEvent }) =>
      policyEvent ? [`[${policyEvent.enforcementLevel}] ${policyEvent.policyName}: ${plain(policyEvent.message)}`] : [],
    ),
    changes: events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges,
  };
}

/** The logical name a URN ends with. */
export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

/** A message without the engine's colour marks. */
export function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}

function lines(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
}

function stepOf(metadata: Metadata): Step {
  const { op, urn, type } = metadata;
  return {
    op,
    urn,
    type,
    name: nameOf(urn),
    protect: metadata.old?.protect === true,
    properties: metadata.diffs ?? [],
  };
}

function planned({ op, urn, type, old, new: wanted, keys }: Metadata): PlanStep {
  return { op, urn, oldState: { ...old, type }, newState: wanted ?? {}, replaceReasons: keys ?? [] };
}

function tellsOtherwise({ type, old, new: wanted }: Metadata): boolean {
  const [before, after] = [old?.outputs, wanted?.outputs];
  return type === "pulumi:pulumi:Stack" && after !== undefined && !isDeepStrictEqual(before ?? {}, after);
}

function unique(messages: readonly string[]): string[] {
  return [...new Set(messages)].filter((message) => message !== "");
}
