import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { hears } from "../event-pattern";
import type { Item } from "../inventory";
import { isSet } from "../unknown";
import { ACCOUNT, base, PROJECT, projectOf } from "./example";

const RULE = token<aws.cloudwatch.EventRuleArgs>("aws:cloudwatch/eventRule:EventRule");
const TARGET = token<aws.cloudwatch.EventTargetArgs>("aws:cloudwatch/eventTarget:EventTarget");
const TOPIC = token<aws.sns.TopicArgs>("aws:sns/topic:Topic");

const STRANGER = `arn:aws:iam::${ACCOUNT}:role/nobody-named-anywhere`;
const PIPELINE = `arn:aws:iam::${ACCOUNT}:role/pipeline`;

/** What nobody may do in silence, as CloudTrail tells of it. */
const STRANGE: Readonly<Record<string, (project: string) => object>> = {
  "somebody starts a build": (project) => call("StartBuild", { projectName: project }),
  "a user without a role starts a build": (project) => ({
    ...call("StartBuild", { projectName: project }),
    userIdentity: { type: "IAMUser" },
  }),
  "somebody starts a build of many": (project) => call("StartBuildBatch", { projectName: project }),
  "somebody opens a shell in a build's place": (project) => call("StartSandbox", { projectName: project }),
  "a build is run again": (project) => call("RetryBuild", { id: `${project}:0a1b2c3d` }),
};

/** What the pipeline, who starts builds in silence, may not say otherwise in silence. */
const OVERRIDES: Readonly<Record<string, object>> = {
  "other commands": { buildspecOverride: "version: 0.2" },
  "another image": { imageOverride: "example/image" },
  privileges: { privilegedModeOverride: true },
  "another role": { serviceRoleOverride: STRANGER },
  variables: { environmentVariablesOverride: [{ name: "NODE_OPTIONS", value: "x", type: "PLAINTEXT" }] },
  "a source of another kind": { sourceTypeOverride: "GITHUB" },
  "no log": { logsConfigOverride: { cloudWatchLogs: { status: "DISABLED" } } },
};

/** What is told of the runner. */
export const alarms: readonly Control[] = [
  inventoryControl({
    id: "runner-alarmed",
    title: "Nobody but the pipeline uses the runner in silence, nor the pipeline otherwise than configured",
    severity: "high",
    why: "CodeBuild has no policy by which a project could refuse: whoever may start a build with commands of their own administers the cluster",
    fix: "let EventBridge rules on StartBuild and its like publish to the topic of alarms",
    refs: {},
    about: [PROJECT],
    *check({ inputs }, inventory) {
      const telling = inventory
        .all(RULE)
        .filter((rule) => (rule.inputs.state ?? "ENABLED") !== "DISABLED")
        .filter((rule) =>
          inventory
            .linking(TARGET, "rule", rule)
            .some((target) => isSet(target.inputs, "roleArn") && inventory.linked(target, "arn", TOPIC).length > 0),
        )
        .map((rule) => rule.inputs.eventPattern);
      const told = (detail: object) => telling.some((pattern) => hears(pattern, eventOf(detail)));
      const projectName = inputs.name ?? "";
      for (const [what, detail] of Object.entries(STRANGE))
        if (!told(detail(projectName))) yield `nobody is told when ${what}`;

      const silent = rolesIn(telling).filter((role) => !told(call("StartBuild", { projectName }, role)));
      if (silent.length > 1) yield `${silent.join(" and ")} start builds in silence`;
      for (const role of silent)
        for (const [what, override] of Object.entries(OVERRIDES))
          if (!told(call("StartBuild", { projectName, ...override }, role)))
            yield `nobody is told when ${role} starts a build with ${what}`;
    },
    good: [watched(everything())],
    bad: [
      projectOf({}),
      watched(everything({ name: "another" })),
      watched(everything({ callers: [{ "anything-but": [PIPELINE] }] })),
      watched(everything({ overrides: [] })),
      watched(everything({ callers: [{ "anything-but": [PIPELINE, `${PIPELINE}-2`] }, { exists: false }] })),
      watched(everything({ overrides: ["buildspecOverride"] })),
      watched(everything()).filter(({ type }) => type !== TOPIC.type),
      watched(everything(), { state: "DISABLED" }),
    ],
  }),
];

function eventOf(detail: object) {
  return { source: "aws.codebuild", "detail-type": "AWS API Call via CloudTrail", detail };
}

function call(eventName: string, requestParameters: object, caller = STRANGER) {
  return {
    eventSource: "codebuild.amazonaws.com",
    eventName,
    requestParameters,
    userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { arn: caller } } },
  };
}

/** Every role that a pattern speaks of: whoever is excepted is among them. */
function rolesIn(patterns: readonly (string | undefined)[]): string[] {
  return [
    ...new Set(patterns.flatMap((pattern) => pattern?.match(/arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+/g) ?? [])),
  ];
}

function everything({
  name = base.name,
  callers = [{ "anything-but": [PIPELINE] }, { exists: false }],
  overrides = [
    "buildspecOverride",
    "imageOverride",
    "privilegedModeOverride",
    "serviceRoleOverride",
    "environmentVariablesOverride.name",
    "sourceTypeOverride",
    "logsConfigOverride.cloudWatchLogs.status",
  ],
}: {
  readonly name?: string;
  readonly callers?: readonly unknown[];
  readonly overrides?: readonly string[];
} = {}): object {
  const eventName = ["StartBuild", "StartBuildBatch", "StartSandbox"];
  const one = (path: string) =>
    path.split(".").reduceRight<object>((inner, key) => ({ [key]: inner }), [{ exists: true }]);
  return {
    $or: [
      {
        eventName,
        requestParameters: { projectName: [name] },
        userIdentity: { sessionContext: { sessionIssuer: { arn: callers } } },
      },
      { eventName: ["RetryBuild"], requestParameters: { id: [{ prefix: `${name}:` }] } },
      { eventName, requestParameters: { projectName: [name], $or: overrides.map(one) } },
    ],
  };
}

function watched(detail: object, more: object = {}): readonly Item[] {
  const topic = item(TOPIC, "alarms", {});
  const rule = item(RULE, "runner", { eventPattern: JSON.stringify({ detail }), ...more });
  const target = item(
    TARGET,
    "runner",
    { rule: "r", arn: "t", roleArn: STRANGER },
    { links: { rule: [rule], arn: [topic] } },
  );
  return [...projectOf({}), topic, rule, target];
}
