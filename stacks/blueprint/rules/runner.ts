import type { ClusterBlueprint, StateBlueprint } from "../schema";
import { accountOf } from "./access";
import { isRegion } from "./region";
import { present, repeated, type Findings, type Partly, type Rule } from "./rule";

type Whose = Partly<ClusterBlueprint>;
type Said = NonNullable<Whose["runner"]>;

/** An image that is not ours can be exchanged or taken away by somebody else, and no endpoint lets it in. */
function* image(said: string, { account, region }: Whose): Findings {
  const [, owner, place] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./.exec(said) ?? [];
  if ((account !== undefined && owner !== account) || (isRegion(region) && place !== region))
    yield {
      path: ["runner", "image"],
      allowed: `an image of the blueprint's own account ${account ?? ""} in ${region ?? "its region"}`,
      fix: `copy it into a repository of account ${account ?? ""} in ${region ?? "its region"} and name that one`,
    };
}

/** Who may start builds administers the cluster through them, so it is nobody who was meant to do less. */
function* pipeline(said: string, { account, cluster, access, identity }: Whose): Findings {
  const path = ["runner", "pipeline"];
  if (account !== undefined && accountOf(said) !== account)
    yield {
      path,
      allowed: `a role of the blueprint's own account ${account}`,
      fix: `name a role of account ${account}`,
    };
  if (said.includes(":role/aws-service-role/"))
    yield { path, allowed: "a role of a pipeline, not one of an AWS service", fix: "name the pipeline's own role" };
  if (cluster?.name !== undefined && said.includes(`:role/bulwark-${cluster.name}-`))
    yield {
      path,
      allowed: `a role that is not one of the cluster's own (bulwark-${cluster.name}-…)`,
      fix: "name the pipeline's own role",
    };
  const people = Object.values(identity?.roles ?? {}).flatMap((list) => present(list).map(([, role]) => role));
  if (said === access?.breakGlass || people.includes(said))
    yield {
      path,
      allowed: "a role of no person: who starts a build administers the cluster through it, unseen by the alarm",
      fix: "give the pipeline a role of its own",
    };
}

/** One machine deploys, and only it. */
function* deployer({ identity }: Whose): Findings {
  if (identity?.deployer !== undefined)
    yield {
      path: ["identity", "deployer"],
      allowed: "left out beside `runner`: the runner is the deployer, and two would be one administrator too many",
      fix: "remove deployer, or remove runner",
    };
}

function* runners({ runners: list }: Partly<StateBlueprint>): Findings {
  const clusters = present(list).flatMap(([index, one]): [number, string][] =>
    one.cluster === undefined ? [] : [[index, one.cluster]],
  );
  yield* repeated(clusters, ["runners"], "cluster");
}

function* judged(said: Said, blueprint: Whose): Findings {
  if (said.image !== undefined) yield* image(said.image, blueprint);
  if (said.pipeline !== undefined) yield* pipeline(said.pipeline, blueprint);
  yield* deployer(blueprint);
}

/** What applies the platform layer is ours, starts for the pipeline alone, and is the only one. */
export const runner: Rule = function* (blueprint) {
  if (blueprint.layer === "state") yield* runners(blueprint);
  if (blueprint.layer === "cluster" && blueprint.runner !== undefined) yield* judged(blueprint.runner, blueprint);
};
