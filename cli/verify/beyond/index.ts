import type { Answers, Question } from "../../ask/question";
import type { Held } from "../inventory";
import { cluster } from "./cluster";
import { edge } from "./edge";
import type { Finding, Look } from "./finding";
import { roles } from "./roles";
import { rules } from "./rules";
import { status } from "./status";

export { strangerQuestions } from "./rules";

/** Everything that is looked at besides the resources that the engine holds. */
const looks: readonly Look[] = [cluster, status, edge, roles, rules];

/** What to ask AWS about a stack. */
export function questionsAbout(held: Held): readonly Question[] {
  return looks.flatMap((look) => look.questions(held));
}

/** What the answers mean. */
export function findings(held: Held, answers: Answers): Finding {
  const found = looks.map((look) => look.find(held, answers));
  return { lines: found.flatMap(({ lines }) => lines), items: found.flatMap(({ items }) => items) };
}
