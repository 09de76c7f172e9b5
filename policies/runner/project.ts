import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { isSet } from "../unknown";
import { base, PROJECT, projectOf } from "./example";

const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");
const LOG_GROUP = token<aws.cloudwatch.LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup");
const WEBHOOK = token<aws.codebuild.WebhookArgs>("aws:codebuild/webhook:Webhook");

const written = { logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: "/bulwark/production/runner" } } };
const group = item(LOG_GROUP, "main-runner", { name: "/bulwark/production/runner" });
const key = item(KEY, "main-runner", {});
const once = { concurrentBuildLimit: 1, buildTimeout: 60 };

/** How builds run, and who learns of them. */
export const projects: readonly Control[] = [
  inventoryControl({
    id: "runner-own-key",
    title: "What a build leaves is encrypted with a key of our own",
    severity: "medium",
    why: "under the account's key for S3 whoever may read S3 may read it",
    fix: "set `encryptionKey` to the ARN of the runner's key",
    refs: { checkov: ["CKV_AWS_147"] },
    about: [PROJECT],
    *check(project, inventory) {
      if (!isSet(project.inputs, "encryptionKey") || inventory.linked(project, "encryptionKey", KEY).length === 0)
        yield { path: "encryptionKey", message: "the key is not one of this stack" };
    },
    good: [projectOf({ encryptionKey: "arn:aws:kms:eu-central-1:111122223333:key/1" }, { encryptionKey: [key] })],
    bad: [projectOf({}), projectOf({ encryptionKey: "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3" })],
  }),

  inventoryControl({
    id: "runner-logged",
    title: "Every build is logged in a group of this stack",
    severity: "high",
    why: "a build administers the cluster; without its log nobody can say what it did, and CodeBuild's own group has no key and no end",
    fix: "name the log group in `logsConfig.cloudwatchLogs`, with status ENABLED, and leave S3 out",
    refs: { checkov: ["CKV_AWS_314"] },
    about: [PROJECT],
    *check(project, inventory) {
      const { cloudwatchLogs, s3Logs } = project.inputs.logsConfig ?? {};
      const groups = inventory.linked(project, "logsConfig", LOG_GROUP);
      if ((cloudwatchLogs?.status ?? "ENABLED") !== "ENABLED")
        yield { path: "logsConfig.cloudwatchLogs.status", message: "builds leave no log" };
      else if (!isSet(cloudwatchLogs ?? {}, "groupName") || groups.length === 0)
        yield { path: "logsConfig.cloudwatchLogs.groupName", message: "the log goes where CodeBuild puts it" };
      if (s3Logs?.status === "ENABLED")
        yield { path: "logsConfig.s3Logs", message: "the log goes to a bucket as well" };
    },
    good: [projectOf(written, { logsConfig: [group] })],
    bad: [
      projectOf({}),
      projectOf(written),
      projectOf({ logsConfig: { cloudwatchLogs: { status: "DISABLED" } } }),
      projectOf({ logsConfig: { ...written.logsConfig, s3Logs: { status: "ENABLED" } } }, { logsConfig: [group] }),
    ],
  }),

  inventoryControl({
    id: "runner-not-public",
    title: "Nobody outside sees a build or sets one off",
    severity: "high",
    why: "a public project shows its log to everybody, and a webhook starts a build for whoever may push",
    fix: "leave `badgeEnabled` and `projectVisibility` out, and make no webhook",
    refs: {},
    about: [PROJECT],
    *check(project, inventory) {
      const { badgeEnabled, projectVisibility } = project.inputs;
      if (badgeEnabled === true) yield { path: "badgeEnabled", message: "a badge tells everybody how builds end" };
      if (projectVisibility === "PUBLIC_READ") yield { path: "projectVisibility", message: "everybody reads the log" };
      for (const hook of inventory.linking(WEBHOOK, "projectName", project)) yield `webhook ${hook.name} starts builds`;
    },
    good: [projectOf({}), projectOf({ badgeEnabled: false, projectVisibility: "PRIVATE" })],
    bad: [
      projectOf({ badgeEnabled: true }),
      projectOf({ projectVisibility: "PUBLIC_READ" }),
      [...projectOf({}), item(WEBHOOK, "push", { projectName: base.name })],
    ],
  }),

  resourceControl({
    id: "runner-one-at-a-time",
    title: "One build runs at a time, and not for ever",
    severity: "medium",
    why: "two builds write one state; one that hangs holds its lock and its rights for hours",
    fix: "set `concurrentBuildLimit: 1` and `buildTimeout` to 120 minutes at most",
    refs: {},
    resource: PROJECT,
    // AWS's own limits are an hour and as many builds as the account may run.
    *check({ concurrentBuildLimit, buildTimeout, autoRetryLimit }) {
      if (concurrentBuildLimit !== 1) yield { path: "concurrentBuildLimit", message: "several builds may run at once" };
      if ((buildTimeout ?? 60) > 120)
        yield { path: "buildTimeout", message: `a build may take ${buildTimeout ?? 60} minutes` };
      if ((autoRetryLimit ?? 0) > 0)
        yield { path: "autoRetryLimit", message: "what failed is run again before anybody has looked" };
    },
    good: [{ ...base, ...once }],
    bad: [
      base,
      { ...base, ...once, concurrentBuildLimit: 2 },
      { ...base, ...once, buildTimeout: 480 },
      { ...base, ...once, autoRetryLimit: 3 },
    ],
  }),
];
