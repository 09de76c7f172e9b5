import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type ClusterBlueprint, clusterLayer } from "../stacks/blueprint/schema";
import { ROOT } from "./checkout";
import { engine, realPlace } from "./engine";
import { Ending, EXIT } from "./exit";
import { rehearsalIn, rehearsalPlace } from "./rehearse/folder";
import { recorded } from "./stack";

/** A cluster that exists: what its configuration says, and what its stack has to tell. */
export interface Standing {
  readonly blueprint: ClusterBlueprint;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  /** Everything else that the stack put out. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Reads a stack's cluster; with `rehearse` the rehearsed one, a text says where the rehearsal lies. */
export async function standing(stack: string, rehearse?: true | string): Promise<Standing> {
  const rehearsal = rehearse === undefined ? undefined : rehearsalIn(rehearse === true ? undefined : rehearse);
  // A wrong name is told before an engine is looked for, which may take minutes.
  const blueprint = blueprintOf(stack, join(rehearsal?.folder ?? ROOT, `Pulumi.${stack}.yaml`));
  const found = await engine((words) => {
    console.error(words);
  });
  const place = rehearsal === undefined ? realPlace(found) : rehearsalPlace(rehearsal, found);
  const resources = await recorded(place, stack);
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  const { endpoint, certificateAuthority } = outputs;
  if (typeof endpoint !== "string" || typeof certificateAuthority !== "string")
    throw new Ending(`${stack} has no cluster yet; create it with: npm run up -- ${stack}`, EXIT.refused);
  return { blueprint, endpoint, certificateAuthority, outputs };
}

/**
 * The configuration of a cluster that exists. Only its form is asked for: a version whose support runs out stops the next
 * `up`, and must not keep people out of the cluster meanwhile.
 */
function blueprintOf(stack: string, file: string): ClusterBlueprint {
  if (!existsSync(file))
    throw new Ending(`there is no ${file}; name a stack whose configuration lies there`, EXIT.usage);
  const { config } = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
  const { success, data } = clusterLayer.safeParse(config?.["bulwark:blueprint"]);
  if (success) return data;
  throw new Ending(
    `${file} does not describe a cluster; npm run preview -- ${stack} says what is wrong with it`,
    EXIT.usage,
  );
}
