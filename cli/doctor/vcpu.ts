import type { Answers, Question } from "../ask/question";
import type { Line } from "../line";
import { instanceTypes } from "./capacity";
import { type Check, listIn, ofType, valueIn } from "./check";
import type { Plan } from "./plan";
import { quotaLine, quotaQuestion } from "./quota";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** The families that the quotas of standard instances are about, as their names list them. */
const STANDARD = /^[acdhimrtz]\d/;

/** How many vCPUs the node groups take at their largest, bought on demand and as spot instances. */
export const vcpu: Check = {
  questions: (plan) => {
    const quotas = kinds(plan);
    if (quotas.length === 0) return [];
    return [
      ...quotas.map(quotaQuestion),
      ...instanceTypes(plan).map((instanceType): Question => ({
        id: `vcpus ${instanceType}`,
        token: "aws:ec2/getInstanceType:getInstanceType",
        args: { instanceType },
      })),
      {
        id: "instances",
        token: "aws:ec2/getInstances:getInstances",
        args: { instanceStateNames: ["pending", "running"] },
      },
    ];
  },
  lines: (plan, answers) => kinds(plan).map((kind) => lineOf(plan, kind, answers)),
};

type Kind = "onDemand" | "spot";

interface Pool {
  readonly instanceTypes: readonly string[];
  readonly maxSize: number;
  readonly kind: Kind;
}

function lineOf(plan: Plan, kind: Kind, answers: Answers): Line {
  const pools = poolsOf(plan).filter((pool) => pool.kind === kind);
  const sizes = pools.map((pool) => {
    // EKS takes any of the types, so the largest counts.
    const each = pool.instanceTypes
      .filter((type) => STANDARD.test(type))
      .map((type) => valueIn(answers.get(`vcpus ${type}`), "defaultVcpus"));
    return each.every((one) => typeof one === "number") ? Math.max(0, ...each) * pool.maxSize : undefined;
  });
  const line = (needs: number) =>
    quotaLine(plan, kind, answers.get(`quota ${kind}`), { needs, used: running(answers), unit: " vCPUs" });
  if (sizes.every((size) => size !== undefined)) return line(sizes.reduce((sum, size) => sum + size, 0));
  return { ...line(0), state: "unknown", got: "AWS did not say how many vCPUs the instance types have" };
}

/** What runs counts by its vCPUs, which would be one more question for each instance: only "nothing" is a number. */
function running(answers: Answers): 0 | "unknown" {
  return listIn(answers.get("instances"), "ids")?.length === 0 ? 0 : "unknown";
}

function kinds(plan: Plan): readonly Kind[] {
  const pools = poolsOf(plan).filter(({ instanceTypes: types }) => types.some((type) => STANDARD.test(type)));
  return [...new Set(pools.map(({ kind }) => kind))];
}

function poolsOf(plan: Plan): readonly Pool[] {
  return ofType(plan, NODE_GROUP).map(({ inputs }) => ({
    instanceTypes: (inputs["instanceTypes"] as readonly string[] | undefined) ?? [],
    maxSize: (inputs["scalingConfig"] as { readonly maxSize?: number } | undefined)?.maxSize ?? 0,
    kind: inputs["capacityType"] === "SPOT" ? "spot" : "onDemand",
  }));
}
