import type { Answer, Answers } from "../../cli/ask/question";
import type { Check } from "../../cli/doctor/check";
import type { Plan, Planned } from "../../cli/doctor/plan";
import type { Line } from "../../cli/line";

const urnOf = (type: string, name: string): string => `urn:pulumi:production::bulwark::${type}::${name}`;

/** One resource that a plan makes; `links` names what its inputs come from, as `type::name`. */
export function planned(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>> = {},
  links: Readonly<Record<string, readonly [string, string]>> = {},
): Planned {
  const comesFrom = Object.fromEntries(
    Object.entries(links).map(([property, [toType, toName]]) => [property, [urnOf(toType, toName)]]),
  );
  return { urn: urnOf(type, name), type, name, inputs, comesFrom };
}

/** A plan in the account of every example. */
export function planOf(...resources: readonly Planned[]): Plan {
  const administrators = ["arn:aws:iam::111122223333:role/platform-admin"];
  return { account: "111122223333", region: "eu-central-1", administrators, resources };
}

/** The lines of a check, with answers by the id of their question; what is not said gets no answer. */
export function linesOf(check: Check, plan: Plan, said: Readonly<Record<string, Answer>>): readonly Line[] {
  const answers: Answers = new Map(Object.entries(said));
  return check.lines(plan, answers);
}
