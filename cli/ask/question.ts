/** A value that an earlier question answers: the caller's role is known only when AWS has said who calls. */
export interface From {
  readonly from: string;
  readonly property: string;
}

/** One question to AWS: a data source of the provider, with its arguments. */
export interface Question {
  /** By what the answer is found again; unique among the questions asked together. */
  readonly id: string;
  /** The provider's function, `aws:eks/getCluster:getCluster`. */
  readonly token: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What AWS said, or why it did not say it. */
export type Answer = { readonly value: Readonly<Record<string, unknown>> } | { readonly error: string };

/** Answers by the id of their question. */
export type Answers = ReadonlyMap<string, Answer>;

/** What the asking program is told by the command that runs it. */
export interface Asked {
  readonly account: string;
  readonly region: string;
  readonly questions: readonly Question[];
}

/** A reference to the answer of an earlier question, as an argument of a later one. */
export function from(question: string, property: string): From {
  return { from: question, property };
}

/** The arguments with earlier answers in the place of references; undefined when one of them is not there. */
export function filledIn(args: Question["args"], earlier: Answers): Question["args"] | undefined {
  const filled = Object.entries(args).map(([key, value]) => [key, isFrom(value) ? answered(value, earlier) : value]);
  return filled.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(filled) as Question["args"]);
}

/** The questions that this one waits for. */
export function waitsFor({ args }: Question): readonly string[] {
  return Object.values(args).flatMap((value) => (isFrom(value) ? [value.from] : []));
}

function isFrom(value: unknown): value is From {
  return typeof value === "object" && value !== null && "from" in value && "property" in value;
}

function answered({ from: question, property }: From, earlier: Answers): unknown {
  const answer = earlier.get(question);
  return answer !== undefined && "value" in answer ? answer.value[property] : undefined;
}
