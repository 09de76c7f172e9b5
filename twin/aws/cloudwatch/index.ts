import type { Behaviour, Invoke } from "../../behaviour";
import { text } from "../property";
import { metricAlarm } from "./alarm";
import { eventBus, eventRule, eventTarget } from "./event";
import { logGroup, logMetricFilter, logResourcePolicy } from "./log";

/** What of CloudWatch, its logs and its events the twin knows. */
export const cloudwatch: readonly Behaviour[] = [
  logGroup,
  logMetricFilter,
  logResourcePolicy,
  metricAlarm,
  eventBus,
  eventRule,
  eventTarget,
];

/** What CloudWatch answers to look-ups. */
export const cloudwatchInvokes: Readonly<Record<string, Invoke>> = {
  "aws:cloudwatch/getLogGroups:getLogGroups": (args, world) => {
    const prefix = text(args, "logGroupNamePrefix") ?? "";
    const found = world.all(logGroup.token).filter(({ properties }) => text(properties, "name")?.startsWith(prefix));
    return {
      ...args,
      id: world.region,
      region: world.region,
      arns: found.map(({ properties }) => properties["arn"]),
      logGroupNames: found.map(({ properties }) => properties["name"]),
    };
  },
};
