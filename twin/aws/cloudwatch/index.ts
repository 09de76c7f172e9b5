import type { Behaviour } from "../../behaviour";
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
