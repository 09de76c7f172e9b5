import type { Places } from "./place";

/** Where in the blueprint something stands: keys, and numbers for items of a list. */
export type Path = readonly (string | number)[];

/** One thing that is wrong: where, what is there, what may be there and what to change. */
export interface Problem {
  /** Dotted, as people write it: `network.zones[1]`. */
  readonly path: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
  /** `file:line:column`, or the file alone when it could not be read. */
  readonly at: string;
}

/** All that is wrong with a stack's configuration. Thrown before any resource exists; nobody catches it but tests. */
export class BlueprintError extends Error {
  override readonly name = "BlueprintError";
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
    super([`${file}: ${count} in the configuration; nothing was created`, ...problems.map(paragraph)].join("\n\n"));
  }
}

const paragraph = ({ path, got, allowed, fix, at }: Problem, index: number): string =>
  [`${index + 1}. ${path}  (${at})`, `   got:     ${got}`, `   allowed: ${allowed}`, `   fix:     ${fix}`].join("\n");

/** A path as people write it. */
export function dotted(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}

const CREDENTIAL = /A(KIA|SIA)[A-Z0-9]{16}|-----BEGIN|eyJ[\w-]+\.|gh[pousr]_\w{20}/;

/** A value as an error may show it: quoted, on one line, never long and never a credential that was pasted in. */
export function quote(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = JSON.stringify(value);
  if (CREDENTIAL.test(text)) return "something that looks like a credential (not shown)";
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}

/** How a problem is found before its place in the file is looked up. */
export interface Finding {
  readonly path: Path;
  /** What to show instead of the value itself. */
  readonly got?: string;
  readonly allowed: string;
  readonly fix: string;
}

/** Gives a finding its value and its place in the file. */
export function locate({ path, got, allowed, fix }: Finding, value: unknown, places: Places): Problem {
  return {
    path: path.length === 0 ? "bulwark:blueprint" : dotted(path),
    got: places.secret ? "a secret value (not shown)" : (got ?? quote(valueAt(value, path))),
    allowed,
    fix,
    at: places.at(path),
  };
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, part) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
