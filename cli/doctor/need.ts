import { UNKNOWN } from "../../policies/unknown";
import { ofType } from "./check";
import type { Plan, Planned } from "./plan";

/** How many resources of a type a plan makes. */
export function count(type: string, isMeant: (one: Planned) => boolean = () => true) {
  return (plan: Plan): number => ofType(plan, type).filter(isMeant).length;
}

/** How many of a type the fullest of several holders gets: rules of a group, endpoints of a VPC. */
export function most(
  types: readonly string[],
  holder: (one: Planned, plan: Plan) => string,
  isMeant: (one: Planned) => boolean = () => true,
) {
  return (plan: Plan): number => {
    const counts = new Map<string, number>();
    for (const one of types.flatMap((type) => ofType(plan, type)).filter(isMeant)) {
      const key = `${one.type} ${holder(one, plan)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  };
}

/** What an input names: the resource it is computed from, or its own text. */
export function named(property: string) {
  return ({ inputs, comesFrom }: Planned): string => {
    const [source] = comesFrom[property] ?? [];
    const value = inputs[property];
    return source ?? (typeof value === "string" && value !== UNKNOWN ? value : "?");
  };
}

/** The zone of the subnet that an input names; "?" where only AWS knows it. */
export function zoneOf(property: string) {
  return (one: Planned, plan: Plan): string => {
    const subnet = plan.resources.find(({ urn }) => urn === named(property)(one));
    const zone = subnet?.inputs["availabilityZone"];
    return typeof zone === "string" ? zone : "?";
  };
}
