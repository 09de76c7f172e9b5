import facts from "../../facts/permissions.json";
import { from } from "../ask/question";
import type { Line } from "../line";
import { reason } from "../verify/beyond/finding";
import { type Check, valueIn } from "./check";
import type { Plan } from "./plan";

const SUBJECT = "What you may do";
const ACTIONS: Readonly<Record<string, readonly string[]>> = facts.types;

/**
 * Simulates the caller's policies for every action that the planned types need. The simulator asks for any resource (`*`) and knows
 * neither the policies of resources nor what a policy's conditions will see.
 */
export const permission: Check = {
  questions: (plan) =>
    [...byService(plan)].map(([service, actionNames]) => ({
      id: `may ${service}`,
      token: "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation",
      args: { actionNames, policySourceArn: from("principal", "issuerArn") },
    })),
  lines: (plan, answers) => {
    const unlisted = [...new Set(plan.resources.map(({ type }) => type))].filter(
      (type) => type.startsWith("aws:") && ACTIONS[type] === undefined,
    );
    return [
      ...[...byService(plan)].map(([service, actions]) => {
        const answer = answers.get(`may ${service}`);
        const results = valueIn(answer, "results") as readonly Result[] | undefined;
        if (results !== undefined) return judged(service, actions, results);
        const got = answer !== undefined && "error" in answer ? reason(answer.error) : "no answer";
        const fix = "allow iam:SimulatePrincipalPolicy for your own role";
        return { state: "unknown", subject: SUBJECT, what: service, got, fix } satisfies Line;
      }),
      ...(unlisted.length > 0 ? [unknown(unlisted)] : []),
    ];
  },
};

interface Result {
  readonly actionName: string;
  readonly allowed: boolean;
}

function judged(service: string, actions: readonly string[], results: readonly Result[]): Line {
  const denied = results.filter(({ allowed }) => !allowed).map(({ actionName }) => actionName);
  const base = { subject: SUBJECT, what: service };
  if (denied.length === 0) return { ...base, state: "ok", got: `${actions.length} actions allowed` };
  return {
    ...base,
    state: "problem",
    got: `denied: ${denied.join(", ")}`,
    needed: `${actions.length} actions`,
    fix: "allow them; where your policy names resources instead of *, the simulator says no although AWS may say yes",
  };
}

function unknown(types: readonly string[]): Line {
  const fix = "nobody wrote down what these need; a refusal shows at up";
  return { state: "unknown", subject: SUBJECT, what: "other types", got: types.join(", "), fix };
}

function byService(plan: Plan): Map<string, readonly string[]> {
  const actions = new Set(plan.resources.flatMap(({ type }) => ACTIONS[type] ?? []));
  const services = new Map<string, readonly string[]>();
  for (const action of [...actions].toSorted()) {
    const [service = ""] = action.split(":");
    services.set(service, [...(services.get(service) ?? []), action]);
  }
  return services;
}
