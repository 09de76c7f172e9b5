import { hears } from "../../policies/event-pattern";
import { OVERRIDES } from "../../stacks/runner/overrides";
import { watches } from "../../stacks/runner/watch";
import { ACCOUNT, clusterBlueprint, REGION } from "../layers/blueprints";
import { PIPELINE, runner } from "./said";

const NAME = "bulwark-production-runner";
const ARN = `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/${NAME}`;
const said = { ...runner, minutes: 60, size: "medium" } as const;
const rules = watches(clusterBlueprint({ runner }), said);

const by = (arn: string) => ({ type: "AssumedRole", sessionContext: { sessionIssuer: { arn } } });
const stranger = by(`arn:aws:iam::${ACCOUNT}:role/developer`);

function alarmed(eventName: string, requestParameters: object, userIdentity: object): boolean {
  const event = {
    source: "aws.codebuild",
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventSource: "codebuild.amazonaws.com", eventName, requestParameters, userIdentity },
  };
  return rules.some(({ pattern }) => hears(pattern, event));
}

/** A request that says what a path names, as CloudTrail would record it. */
const saying = (path: string) =>
  path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), "x") as object;

describe("a build that the pipeline starts as configured", () => {
  it.each([
    ["with nothing said otherwise", {}],
    ["of another archive", { sourceLocationOverride: `archives/platform/${"a".repeat(40)}.zip` }],
    ["of a version of one", { sourceVersion: "3sL4kqtJlcpXroDTDmJ" }],
  ])("%s alarms nobody", (_what, more) => {
    expect(alarmed("StartBuild", { projectName: NAME, ...more }, by(PIPELINE))).toBe(false);
  });

  it("alarms nobody when it is another project's", () => {
    expect(alarmed("StartBuild", { projectName: "shop" }, stranger)).toBe(false);
    expect(alarmed("RetryBuild", { id: "shop:0a1b" }, stranger)).toBe(false);
  });
});

describe("an alarm", () => {
  it.each(["StartBuild", "StartBuildBatch", "StartSandbox"])("follows a %s by anybody else", (event) => {
    for (const projectName of [NAME, ARN]) {
      expect(alarmed(event, { projectName }, stranger)).toBe(true);
      expect(alarmed(event, { projectName }, { type: "IAMUser", arn: `arn:aws:iam::${ACCOUNT}:user/alice` })).toBe(
        true,
      );
      expect(alarmed(event, { projectName }, { type: "Root" })).toBe(true);
    }
  });

  it("follows a build that is run again, whoever asks for it", () => {
    for (const id of [`${NAME}:0a1b`, `arn:aws:codebuild:${REGION}:${ACCOUNT}:build/${NAME}:0a1b`])
      for (const event of ["RetryBuild", "RetryBuildBatch"]) expect(alarmed(event, { id }, by(PIPELINE))).toBe(true);
  });

  it.each(OVERRIDES)("follows the pipeline's own build that says %s", (path) => {
    expect(alarmed("StartBuild", { projectName: NAME, ...saying(path) }, by(PIPELINE))).toBe(true);
  });

  it("follows variables, whose list holds objects", () => {
    const environmentVariablesOverride = [{ name: "NODE_OPTIONS", value: "x", type: "PLAINTEXT" }];

    expect(alarmed("StartBuild", { projectName: NAME, environmentVariablesOverride }, by(PIPELINE))).toBe(true);
  });

  it("has patterns that EventBridge takes, for the longest of clusters too", () => {
    const longest = watches(clusterBlueprint({ runner, cluster: { name: "c".repeat(41) } }), said);

    for (const { pattern } of longest) expect(pattern.length).toBeLessThanOrEqual(2048);
  });
});
