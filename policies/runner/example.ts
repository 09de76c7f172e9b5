import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const PROJECT = token<aws.codebuild.ProjectArgs>("aws:codebuild/project:Project");
export const PROVIDER = token<aws.ProviderArgs>("pulumi:providers:aws");

/** The account of examples. */
export const ACCOUNT = "111122223333";
/** A commit, for examples. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
/** An image by digest, for examples. */
export const IMAGE = `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/bulwark/runner@sha256:${"0".repeat(64)}`;

/** What a project cannot do without, for examples. */
export const base = {
  name: "bulwark-production-runner",
  serviceRole: `arn:aws:iam::${ACCOUNT}:role/bulwark-production-runner`,
  artifacts: { type: "NO_ARTIFACTS" },
  environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: IMAGE },
  source: { type: "S3", location: `archives/platform/${COMMIT}.zip`, buildspec: '{"version":"0.2"}' },
};

/** A project in a stack that is bound to the account of examples. */
export function projectOf(inputs: object, links: Readonly<Record<string, readonly Item[]>> = {}): readonly Item[] {
  return [
    item(PROVIDER, "aws", { allowedAccountIds: [ACCOUNT] }),
    ...Object.values(links).flat(),
    item(PROJECT, "main-runner", { ...base, ...inputs }, { links }),
  ];
}
