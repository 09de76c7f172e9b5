import type { ImageBlueprint } from "../../blueprint/options/images";

/** An operating system that is hardened here. */
export type Family = ImageBlueprint["family"];

/**
 * One thing that an image promises: how it is made so, and how one sees that it is so. All scripts are bash
 * in the words of {@link ./library} and touch files only below `$ROOT`, so that they can be tried in any folder.
 */
export interface Item {
  /** The name of its steps in the component. */
  readonly id: string;
  readonly title: string;
  /** Row of the controls catalogue, and sections of CIS benchmarks; only what stands in a source. */
  readonly refs?: { readonly catalogue?: string; readonly cis?: readonly string[] };
  /** Makes it so; may run twice. */
  readonly apply: string;
  /** Fails, and says why, where it is not so; looks at files alone. */
  readonly validate: string;
  /** What besides can only be seen on a machine that has booted from the image. */
  readonly running?: string;
}

/** Items that belong together: one component builds them, another tests them. */
export interface Topic {
  /** Ends the components' names. */
  readonly name: string;
  readonly description: string;
  readonly items: readonly Item[];
}

/** Text as one word for the shell. */
export function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Writes a file of ours, all of it. */
export function writes(path: string, lines: readonly string[], mode = "0644"): string {
  return ["put", path, mode, ...lines.map(quoted)].join(" ");
}

/** Fails unless every line stands in the file, and nobody but root can write it. */
export function holds(path: string, lines: readonly string[], most = "0644"): string {
  return ["holds", path, most, ...lines.map(quoted)].join(" ");
}

/** Fails unless root owns the file and its mode grants nothing beyond `most`. */
export function atMost(path: string, most: string): string {
  return `most ${path} ${most}`;
}
