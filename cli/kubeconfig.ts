import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BlueprintError, parseBlueprint } from "../stacks/blueprint";
import { renderKubeconfig, type SignIn } from "../stacks/identity/kubeconfig";
import { engine, realPlace } from "./engine";
import { Ending, EXIT } from "./exit";
import type { Workplace } from "./operation";
import { rehearsalIn, rehearsalPlace } from "./rehearse/folder";
import { recorded } from "./stack";

export interface KubeconfigOptions {
  /** @default oidc where the cluster has an identity provider, else aws */
  readonly signIn?: SignIn;
  /** The rehearsed cluster instead of a real one; a text says where the rehearsal lies. */
  readonly rehearse?: true | string;
}

/** `kubeconfig <stack>`: prints a kubeconfig that holds no credential, from the stack's configuration and its outputs. */
export async function kubeconfig(stack: string, { signIn, rehearse }: KubeconfigOptions): Promise<void> {
  const place = await placeOf(rehearse);
  const blueprint = blueprintOf(join(place.project, `Pulumi.${stack}.yaml`));
  const resources = await recorded(place, stack);
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  const { endpoint, certificateAuthority } = outputs;
  if (typeof endpoint !== "string" || typeof certificateAuthority !== "string")
    throw new Ending(`${stack} has no cluster yet; create it with: npm run up -- ${stack}`, EXIT.refused);
  const told = { blueprint, endpoint, certificateAuthority, ...(signIn !== undefined && { signIn }) };
  process.stdout.write(renderKubeconfig(told));
}

async function placeOf(rehearse: KubeconfigOptions["rehearse"]): Promise<Workplace> {
  const found = await engine((words) => {
    console.error(words);
  });
  if (rehearse === undefined) return realPlace(found);
  return rehearsalPlace(rehearsalIn(rehearse === true ? undefined : rehearse), found);
}

function blueprintOf(file: string) {
  if (!existsSync(file))
    throw new Ending(`there is no ${file}; name a stack whose configuration lies there`, EXIT.usage);
  const source = readFileSync(file, "utf8");
  const { config } = parse(source) as { config?: Record<string, unknown> };
  const today = new Date().toISOString().slice(0, 10);
  try {
    const blueprint = parseBlueprint(config?.["bulwark:blueprint"], { file, source, today });
    if (blueprint.layer === "cluster") return blueprint;
    throw new Ending(
      `${file} describes the ${blueprint.layer} layer; a kubeconfig needs a cluster's stack`,
      EXIT.usage,
    );
  } catch (error) {
    throw error instanceof BlueprintError ? new Ending(error.message, EXIT.usage) : error;
  }
}
