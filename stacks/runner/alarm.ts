import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import type { RunnerBlueprint } from "./name";
import { type Watch, watches } from "./watch";

/** Where alarms go, and the role under which EventBridge publishes them. */
export interface Alarm {
  readonly topicArn: pulumi.Input<string>;
  readonly publisherArn: pulumi.Input<string>;
}

/** The mail's text: who, what, when, from where. A path that an event lacks leaves a gap, never an error. */
const MAIL = {
  inputPaths: {
    who: "$.detail.userIdentity.arn",
    what: "$.detail.eventName",
    when: "$.time",
    from: "$.detail.sourceIPAddress",
    refused: "$.detail.errorCode",
  },
  inputTemplate: [
    '"Somebody uses the runner otherwise than its configuration says: <what>"',
    '"who: <who>, from: <from>, when: <when>, refused: <refused>"',
    '"A build administers the cluster. If nobody says it was them, treat it as an incident."',
  ].join("\n"),
};

interface Watched {
  readonly blueprint: ClusterBlueprint;
  readonly runner: RunnerBlueprint;
  readonly alarm: Alarm;
}

/** @control runner-alarmed */
export function runnerAlarm(name: string, watched: Watched, opts: pulumi.CustomResourceOptions): void {
  for (const watch of watches(watched.blueprint, watched.runner)) rule(name, watched, watch, opts);
}

function rule(
  name: string,
  { blueprint, alarm }: Watched,
  { purpose, pattern }: Watch,
  opts: pulumi.CustomResourceOptions,
): void {
  const { cluster } = blueprint;
  const made = new aws.cloudwatch.EventRule(
    `${name}-${purpose}`,
    {
      name: roleName(blueprint, purpose),
      description: `Somebody uses the runner of EKS cluster ${cluster.name} otherwise than its configuration says`,
      eventPattern: pattern,
      state: "ENABLED",
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    `${name}-${purpose}`,
    {
      rule: made.name,
      targetId: `${name}-${purpose}`,
      arn: alarm.topicArn,
      roleArn: alarm.publisherArn,
      inputTransformer: MAIL,
    },
    opts,
  );
}
