import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { present, text } from "../property";

/** An alarm on a metric; another of the same name silently writes over it, so nothing is refused for being there. */
export const metricAlarm: Behaviour = {
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  service: "CloudWatch",
  words: "CloudWatch Metric Alarm",
  replaces: ["name"],
  autoName: { property: "name" },
  defaults: () => ({ actionsEnabled: true, treatMissingData: "missing" }),
  refuseCreate: refuseAlarm,
  refuseUpdate: refuseAlarm,
  id: ({ inputs }) => text(inputs, "name") ?? "",
  outputs: ({ world, inputs }, id) => ({
    arn: regionalArn(world, "cloudwatch", `alarm:${id}`),
    evaluateLowSampleCountPercentiles: inputs["evaluateLowSampleCountPercentiles"] ?? "",
  }),
};

function refuseAlarm({ inputs }: Call): void {
  if (present(inputs, "metricName", "metricQueries", "evaluationCriteria") !== 1)
    throw invalid("exactly one of metric_name, metric_query must be specified");
  if (inputs["metricName"] === undefined) return;
  if (present(inputs, "comparisonOperator", "evaluationPeriods") !== 2)
    throw invalid("comparison_operator and evaluation_periods are required for a metric alarm");
  if (present(inputs, "statistic", "extendedStatistic") !== 1)
    throw invalid("One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm");
}

const invalid = (message: string): AwsError => new AwsError("ValidationError", message);
