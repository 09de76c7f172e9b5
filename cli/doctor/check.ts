import type { Answer, Answers, Question } from "../ask/question";
import type { Line } from "../line";
import type { Plan, Planned } from "./plan";

/** Something that can stand in the way of the first update: what to ask about a plan, and what the answers mean. Pure. */
export interface Check {
  readonly questions: (plan: Plan) => readonly Question[];
  readonly lines: (plan: Plan, answers: Answers) => readonly Line[];
}

/** The planned resources of a type. */
export function ofType({ resources }: Plan, type: string): readonly Planned[] {
  return resources.filter((one) => one.type === type);
}

/** The text at an input, where it is known before the update. */
export function known({ inputs }: Planned, property: string): string | undefined {
  const value = inputs[property];
  return typeof value === "string" && !UNKNOWN.test(value) ? value : undefined;
}

/** The value that an answer holds under a name, or undefined where there is no answer. */
export function valueIn(answer: Answer | undefined, property: string): unknown {
  return answer !== undefined && "value" in answer ? answer.value[property] : undefined;
}

/** The texts of a list that an answer holds, or undefined where there is no answer. */
export function listIn(answer: Answer | undefined, property: string): readonly string[] | undefined {
  const value = valueIn(answer, property);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : undefined;
}

/** Pulumi's markers of what only the cloud will know are UUIDs. */
const UNKNOWN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
