import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import type { Item } from "../inventory";
import { isSet } from "../unknown";
import { PIPELINE, pipeline as base, RECIPE, recipe } from "./example";

const GROUP = token<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
const ALWAYS = "EXPRESSION_MATCH_ONLY";

const when = (condition: string, expression: string) => ({
  schedule: { scheduleExpression: expression, pipelineExecutionStartCondition: condition },
});
const daily = when("EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE", "cron(0 4 * * ? *)");
const monthly = when(ALWAYS, "cron(0 2 1 * ? *)");
const logged = {
  loggingConfiguration: { imageLogGroupName: "/aws/imagebuilder/a", pipelineLogGroupName: "/aws/imagebuilder/a" },
};

/** When an image is built, and what it must pass. */
export const pipeline: readonly Control[] = [
  resourceControl({
    id: "image-tested",
    title: "An image that fails its tests is handed out to nobody",
    severity: "high",
    why: "without the test stage the first node that starts from the image is the test",
    fix: "leave `imageTestsConfiguration` out or set `imageTestsEnabled: true`",
    refs: { catalogue: "EKS-NODE-18", cis: ["CIS EKS 3.1.1", "CIS EKS 3.1.2", "CIS EKS 3.1.3", "CIS EKS 3.1.4"] },
    resource: PIPELINE,
    *check({ imageTestsConfiguration: tests }) {
      // AWS tests when nothing is said.
      if (tests?.imageTestsEnabled === false)
        yield { path: "imageTestsConfiguration.imageTestsEnabled", message: "no image is tested" };
    },
    good: [base, { ...base, imageTestsConfiguration: { imageTestsEnabled: true } }],
    bad: [{ ...base, imageTestsConfiguration: { imageTestsEnabled: false } }],
  }),

  resourceControl({
    id: "image-scanned",
    title: "An image is scanned for known vulnerabilities while it is built",
    severity: "medium",
    why: "the base image brings along packages that nobody here chose",
    fix: "set `imageScanningConfiguration.imageScanningEnabled: true` and switch Amazon Inspector on",
    refs: {},
    resource: PIPELINE,
    *check({ imageScanningConfiguration: scanning }) {
      if (scanning?.imageScanningEnabled !== true)
        yield { path: "imageScanningConfiguration.imageScanningEnabled", message: "no build is scanned" };
    },
    good: [{ ...base, imageScanningConfiguration: { imageScanningEnabled: true } }],
    bad: [base, { ...base, imageScanningConfiguration: { imageScanningEnabled: false } }],
  }),

  inventoryControl({
    id: "image-rebuilt",
    title: "An image is built anew every month, and when its base changes",
    severity: "high",
    why: "an image ages from the day it is built; a fix of the base helps nobody until somebody builds on it",
    fix: `give the recipe two enabled pipelines: one looks for a new base at least weekly, one builds at least monthly with ${ALWAYS}`,
    refs: {},
    about: [RECIPE],
    *check(one, inventory) {
      const schedules = inventory
        .linking(PIPELINE, "imageRecipeArn", one)
        .filter(({ inputs }) => inputs.status !== "DISABLED")
        .flatMap(({ inputs }) => (inputs.schedule === undefined ? [] : [inputs.schedule]));
      // AWS looks for changes when nothing is said.
      const [always, onChange] = [true, false].map((wanted) =>
        schedules.filter(({ pipelineExecutionStartCondition: condition }) => (condition === ALWAYS) === wanted),
      );
      if (!always?.some(({ scheduleExpression }) => isOften(scheduleExpression, "monthly")))
        yield "no pipeline builds the image at least every month";
      if (!onChange?.some(({ scheduleExpression }) => isOften(scheduleExpression, "weekly")))
        yield "no pipeline looks for a new base image at least every week";
    },
    good: [
      lines(daily, monthly),
      lines(monthly, when("EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE", "cron(0 4 ? * 1 *)")),
    ],
    bad: [
      lines(),
      lines(daily),
      lines(monthly),
      lines({ ...daily, status: "DISABLED" }, monthly),
      lines(daily, when(ALWAYS, "cron(0 2 1 1 ? *)")),
      lines(when("EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE", "cron(0 4 1 * ? *)"), monthly),
      lines({}, {}),
    ],
  }),

  inventoryControl({
    id: "image-build-logged",
    title: "What a build did is written into a log group of this stack",
    severity: "medium",
    why: "Image Builder's own group has no key, no end, and goes unnoticed when somebody deletes it",
    fix: "name a log group of this stack in `loggingConfiguration`, for the image and for the pipeline",
    refs: {},
    about: [PIPELINE],
    *check(one, inventory) {
      const { loggingConfiguration: logging } = one.inputs;
      for (const name of ["imageLogGroupName", "pipelineLogGroupName"] as const)
        if (!isSet(logging, name))
          yield { path: `loggingConfiguration.${name}`, message: "AWS makes a log group of its own" };
      if (logging !== undefined && inventory.linked(one, "loggingConfiguration", GROUP).length === 0)
        yield { path: "loggingConfiguration", message: "the log group is not of this stack" };
    },
    good: [written(logged)],
    bad: [
      [item(PIPELINE, "main", base)],
      [item(PIPELINE, "main", { ...base, ...logged })],
      written({ loggingConfiguration: { imageLogGroupName: "/aws/imagebuilder/a" } }),
    ],
  }),
];

/** Whether a six-field expression comes round so often: day of month, month and day of week are fields 3 to 5. */
function isOften(expression: string, least: "weekly" | "monthly"): boolean {
  const [, , dayOfMonth = "", month = "", dayOfWeek = "", year = "*"] =
    /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (month !== "*" || year !== "*") return false;
  const everyDay = dayOfMonth === "*" && /^[*?]$/.test(dayOfWeek);
  const onWeekdays = dayOfMonth === "?" && dayOfWeek !== "" && !dayOfWeek.includes("#");
  const weekly = everyDay || onWeekdays || (dayOfMonth === "?" && dayOfWeek === "*");
  // Day 29 to 31 is not in every month.
  return weekly || (least === "monthly" && /^([1-9]|1\d|2[0-8])(\D|$)/.test(dayOfMonth));
}

function lines(...more: readonly object[]): readonly Item[] {
  const made = item(RECIPE, "main", recipe);
  const all = more.map((each, index) =>
    item(PIPELINE, `main-${index}`, { ...base, ...each }, { links: { imageRecipeArn: [made] } }),
  );
  return [made, ...all];
}

function written(more: object): readonly Item[] {
  const group = item(GROUP, "builds", { name: "/aws/imagebuilder/a" });
  return [group, item(PIPELINE, "main", { ...base, ...more }, { links: { loggingConfiguration: [group] } })];
}
