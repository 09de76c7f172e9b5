import { Landscape } from "./landscape";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

describe("what CloudWatch refuses", () => {
  it.each([
    ["a retention there is not", GROUP, { retentionInDays: 42 }, "InvalidParameterException"],
    ["a key that is no ARN", GROUP, { kmsKeyId: "alias/x" }, "InvalidParameterException"],
    [
      "a filter on no log group",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      { logGroupName: "none", pattern: "", metricTransformation: {} },
      "ResourceNotFoundException",
    ],
    [
      "a resource policy for nothing",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      { policyDocument: "{}" },
      "InvalidParameterException",
    ],
    [
      "an alarm without statistic",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      { metricName: "x", comparisonOperator: "x", evaluationPeriods: 1 },
      "ValidationError",
    ],
    ["a rule whose name is too long", RULE, { name: "x".repeat(65), eventPattern: "{}" }, "ValidationException"],
    ["a rule without pattern or clock", RULE, {}, "ValidationException"],
    ["a pattern that is no JSON", RULE, { eventPattern: "x" }, "InvalidEventPatternException"],
    ["a rule on no bus", RULE, { eventPattern: "{}", eventBusName: "none" }, "ResourceNotFoundException"],
    ["a target of no rule", TARGET, { rule: "none", arn: "arn:aws:sns:x" }, "ResourceNotFoundException"],
  ])("%s", async (_, type, inputs, code) => {
    await expect(new Landscape().make(type, inputs)).rejects.toMatchObject({ code });
  });

  it("a log group that is there already", async () => {
    const account = new Landscape();
    await account.make(GROUP, { name: "/x" });
    await expect(account.make(GROUP, { name: "/x" })).rejects.toMatchObject({ code: "ResourceAlreadyExistsException" });
  });

  it("to delete a rule before its targets", async () => {
    const account = new Landscape();
    const rule = await account.make(RULE, { eventPattern: "{}" });
    const target = await account.make(TARGET, { rule, arn: "arn:aws:sns:eu-central-1:111122223333:x" });
    await expect(account.remove(RULE, rule)).rejects.toMatchObject({ code: "ValidationException" });
    await account.remove(TARGET, target);
    await account.remove(RULE, rule);
  });
});
