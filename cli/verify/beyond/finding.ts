import type { Item } from "../../../policies/inventory";
import type { Answer, Answers, Question } from "../../ask/question";
import type { Line } from "../../line";
import type { Held } from "../inventory";
import type { Properties } from "../reading";

/** What was found besides the resources of the stack: lines for the report, and things that the catalogue must judge too. */
export interface Finding {
  readonly lines: readonly Line[];
  readonly items: readonly Item[];
}

/**
 * A look at something the engine cannot see, because no stack holds it: it asks, and says what the answers mean. Pure, so that a
 * test can answer in AWS's place.
 */
export interface Look {
  readonly questions: (held: Held) => readonly Question[];
  readonly find: (held: Held, answers: Answers) => Finding;
}

/** A resource that somebody made outside the stack, as the catalogue judges resources. */
export function foreign(type: string, id: string, inputs: Properties): Item {
  return {
    urn: `outside::${type}::${id}`,
    type,
    name: id,
    inputs,
    protect: false,
    propertyDependencies: {},
    ids: [id],
  };
}

/** The resources of a type in the stack. */
export function ofType({ items }: Held, type: string): readonly Item[] {
  return items.filter((item) => item.type === type);
}

/** What AWS answers of a resource of the stack. */
export function outputsOf({ outputs }: Held, { urn }: Item): Properties {
  return outputs.get(urn) ?? {};
}

/** The text that an answer holds under a name; empty where it does not. */
export function textIn(answer: Properties, property: string): string {
  const value = answer[property];
  return typeof value === "string" ? value : "";
}

/** The texts of a list that an answer holds. */
export function textsIn(answer: Properties, property: string): readonly string[] {
  const value = answer[property];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** What a question got, or the line that says that it got nothing. */
export function answered(
  answer: Answer | undefined,
  subject: string,
  what: string,
): { readonly value: Properties } | { readonly line: Line } {
  if (answer !== undefined && "value" in answer) return { value: answer.value };
  const got = reason(answer?.error ?? "nobody asked");
  return {
    line: { state: "unknown", subject, what, got, fix: "see that the credentials may read this, and run again" },
  };
}

/** The end of a provider's error, which says what AWS said. */
export function reason(error: string): string {
  return (error.split("\n").findLast((line) => line.trim() !== "") ?? error).replace(/^\s*\* /, "").trim();
}
