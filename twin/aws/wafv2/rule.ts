import type { Call, World } from "../../behaviour";
import { objects, present } from "../property";
import { invalid, nonexistent } from "./error";
import { IP_SET, REGEX_PATTERN_SET, RULE_GROUP } from "./token";

/** Every text anywhere inside rules: the ARNs of the sets that they name are among them. */
export function everyText(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(everyText) : [];
}

/** Rules: an action or an override, each priority once, and every set of this account they name exists. */
export function refuseRules({ world, inputs }: Call): void {
  const rules = objects(inputs, "rules");
  for (const rule of rules)
    if (present(rule, "action", "overrideAction") !== 1)
      throw invalid(
        `You must set exactly one action or override action, field: RULE, parameter: ${String(rule["name"])}`,
      );
  if (new Set(rules.map(({ priority }) => priority)).size < rules.length)
    throw invalid("You have used duplicate priorities, field: RULE, parameter: Priority");
  for (const arn of everyText(rules)) if (isOurSet(world, arn) && !exists(world, arn)) throw nonexistent();
}

const isOurSet = (world: World, arn: string): boolean =>
  arn.startsWith(`arn:aws:wafv2:${world.region}:${world.accountId}:`);

const SETS = [IP_SET, REGEX_PATTERN_SET, RULE_GROUP];
const exists = (world: World, arn: string): boolean =>
  SETS.some((token) => world.findBy(token, "arn", arn) !== undefined);
