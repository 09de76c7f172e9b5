import type { ClusterBlueprint } from "../blueprint/schema";
import { projectArn, projectName, type RunnerBlueprint } from "./name";
import { OVERRIDES } from "./overrides";

/** Calls that run something under the project's role, by the field that names the project. */
const BY_PROJECT = ["StartBuild", "StartBuildBatch", "StartSandbox"];
/** Calls that run once more what ran before, its overrides included; they name the build. */
const BY_BUILD = ["RetryBuild", "RetryBuildBatch"];

/** A rule, by the purpose that ends its name, and the pattern of events it matches. */
export interface Watch {
  readonly purpose: (typeof WATCHES)[number];
  readonly pattern: string;
}

/** The rules' purposes: the role under which alarms are published names each. */
export const WATCHES = ["runner", "runner-overrides"] as const;

/**
 * Match every build that the reviewed configuration did not ask for: one that somebody other than the pipeline starts,
 * or that anybody runs again, refused attempts too; and one that is started with anything said otherwise but its
 * archive. CodeBuild has no policy by which a project could refuse such calls itself. They are two rules because
 * EventBridge takes patterns of 2048 characters (Amazon EventBridge user guide, "Quotas").
 *
 * @control runner-alarmed
 */
export function watches(blueprint: ClusterBlueprint, { pipeline }: RunnerBlueprint): Watch[] {
  const named = { projectName: [projectName(blueprint), projectArn(blueprint)] };
  const builds = [`${projectName(blueprint)}:`, `${projectArn(blueprint).replace(":project/", ":build/")}:`];
  const again = { requestParameters: { id: builds.map((prefix) => ({ prefix })) } };
  // The role behind a session; a user, or the account itself, has none.
  const arn = [{ "anything-but": [pipeline] }, { exists: false }];
  const stranger = { userIdentity: { sessionContext: { sessionIssuer: { arn } } } };

  return [
    {
      purpose: "runner",
      pattern: matching({
        $or: [
          { eventName: BY_PROJECT, requestParameters: named, ...stranger },
          { eventName: BY_BUILD, ...again },
        ],
      }),
    },
    {
      purpose: "runner-overrides",
      pattern: matching({ eventName: BY_PROJECT, requestParameters: { ...named, $or: OVERRIDES.map(present) } }),
    },
  ];
}

function matching(detail: object): string {
  return JSON.stringify({
    source: ["aws.codebuild"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["codebuild.amazonaws.com"], ...detail },
  });
}

/** The pattern of a value that is there, whatever it is. */
function present(path: string): object {
  return path.split(".").reduceRight<object>((inner, key) => ({ [key]: inner }), [{ exists: true }]);
}
