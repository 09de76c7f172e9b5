import type { StateBlueprint } from "../blueprint/schema";
import { roleName } from "../identity/name";
import { role } from "../keys/statement";
import { lockKeys, platformOf, readKeys, writtenKeys } from "./layout";

/** A runner as the bucket of states knows it: who it is, and which objects it may touch. */
export interface Runner {
  readonly arn: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
}

/** What the runners of a blueprint may do with the states in the bucket. */
export function runnersOf(blueprint: StateBlueprint, project: string): Runner[] {
  return blueprint.runners.map(({ cluster, stack = cluster }) => {
    const platform = platformOf({ project, stack });
    return {
      arn: role(blueprint, roleName({ cluster: { name: cluster } }, "runner")),
      reads: readKeys({ project, stack }),
      writes: writtenKeys(platform),
      deletes: lockKeys(platform),
    };
  });
}
