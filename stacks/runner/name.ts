import { createHash } from "node:crypto";

import type { ClusterBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { role } from "../keys/statement";

/** The runner as the blueprint asks for it. */
export type RunnerBlueprint = NonNullable<ClusterBlueprint["runner"]>;

/** The project is called like its role: whoever reads a log finds both. */
export const projectName = (blueprint: ClusterBlueprint): string => roleName(blueprint, "runner");

/** The project's ARN, told from the blueprint alone, so that policies can name it before it exists. */
export function projectArn(blueprint: ClusterBlueprint): string {
  return `arn:aws:codebuild:${blueprint.region}:${blueprint.account}:project/${projectName(blueprint)}`;
}

/** The ARN of the role that builds act under. */
export const runnerArn = (blueprint: ClusterBlueprint): string => role(blueprint, roleName(blueprint, "runner"));

/** The log group of builds, under the name that the logs key admits. */
export const logGroupName = ({ cluster }: ClusterBlueprint): string => `/bulwark/${cluster.name}/runner`;

/** The alias of the key that archives and whatever a build leaves are encrypted under. */
export const keyAlias = ({ cluster }: ClusterBlueprint): string => `bulwark/${cluster.name}/runner`;

/** The object that holds a commit; its name is the commit's, so that another commit is another object. */
export const archiveOf = (commit: string): string => `${ARCHIVES}/${commit}.zip`;

/** Where all archives lie. */
export const ARCHIVES = "platform";

/** The bucket of archives. Global, so it carries the account; a hash tells clusters and regions apart. */
export function sourceBucket({ account, region, cluster }: ClusterBlueprint): string {
  const hash = createHash("sha256").update(`${region}/${cluster.name}`).digest("hex").slice(0, 8);
  return `bulwark-${cluster.name.toLowerCase().slice(0, 20)}-${hash}-runner-${account}`;
}
