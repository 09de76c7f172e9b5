/** One careless or malicious change of the production example, and what the refusal must name. */
export interface Hostile {
  readonly name: string;
  /** Lines of the example to replace, by their beginning; the new text may be several lines or none. */
  readonly change: Readonly<Record<string, string>>;
  /** Which example is changed. @default production */
  readonly stack?: string;
  /** The path of every problem, in the order of the file. */
  readonly paths: readonly string[];
  /** Words of the first problem's `got` and `fix`. */
  readonly got: string;
  readonly fix: string;
}
