/** How a question to AWS came out: as needed, not as needed, or without an answer. */
type State = "ok" | "problem" | "unknown";

/** One line of a report: what AWS answered, what is needed, and what to do where the two differ. */
export interface Line {
  readonly state: State;
  /** What kind of question it is; lines of one subject stand together. */
  readonly subject: string;
  readonly what: string;
  readonly got: string;
  readonly needed?: string;
  readonly fix?: string;
}

/** Lines as people read them: by subject, with problems first within each, and the remedy under what is wrong. */
export function lineText(lines: readonly Line[]): string {
  const subjects = [...new Set(lines.map(({ subject }) => subject))];
  const width = Math.max(0, ...lines.map(({ what }) => what.length));
  return subjects
    .flatMap((subject) => [
      "",
      subject,
      ...lines
        .filter((line) => line.subject === subject)
        .toSorted((one, other) => RANK[one.state] - RANK[other.state])
        .flatMap((line) => oneLine(line, Math.min(width, WIDEST))),
    ])
    .join("\n");
}

/** `12 ok, 1 problem, 2 unknown`. */
export function countText(lines: readonly Line[]): string {
  const count = (state: State): number => lines.filter((line) => line.state === state).length;
  const problems = count("problem");
  return `${count("ok")} ok, ${problems} ${problems === 1 ? "problem" : "problems"}, ${count("unknown")} unknown`;
}

/** What did not come out well, first of all what is wrong: a report ends with 1 for the one, and in CI for the other too. */
export function against(lines: readonly Line[], { strict }: { readonly strict: boolean }): readonly Line[] {
  return lines.filter(({ state }) => state === "problem" || (strict && state === "unknown"));
}

/** Whether what nobody knows counts against: it does where no person reads the report. */
export function isStrict({ CI: ci }: NodeJS.ProcessEnv): boolean {
  return ci !== undefined && !["", "0", "false"].includes(ci);
}

const RANK: Readonly<Record<State, number>> = { problem: 0, unknown: 1, ok: 2 };
const WIDEST = 46;

function oneLine({ state, what, got, needed, fix }: Line, width: number): string[] {
  const need = needed === undefined || state === "ok" ? "" : `; needed: ${needed}`;
  const first = `  ${state.padEnd(7)}  ${what.padEnd(width)}  ${got}${need}`;
  return fix === undefined || state === "ok" ? [first] : [first, `           → ${fix}`];
}
