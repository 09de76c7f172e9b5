import * as pulumi from "@pulumi/pulumi";

import type { ClusterBlueprint } from "../blueprint/schema";
import { outputsOf } from "../reference";
import { platformOf } from "../state/layout";

/**
 * Refuses strict network policies until the platform's stack has said that every pod of the system namespaces has a policy: in a cluster where
 * CoreDNS has none, the first new node would resolve no name, and nobody could write the policy any more.
 *
 * @throws RunError that names the command to run first
 */
export async function demandSystemPolicies({ addons }: Pick<ClusterBlueprint, "addons">): Promise<void> {
  if (addons.networkPolicy !== "strict") return;
  const { stack } = platformOf({ project: pulumi.getProject(), stack: pulumi.getStack() });
  const said = await outputsOf(stack, ["systemPolicies"]).catch(() => undefined);
  if (typeof said?.["systemPolicies"] === "string" && said["systemPolicies"] !== "") return;
  throw new pulumi.RunError(
    `Pulumi.${pulumi.getStack()}.yaml: addons.networkPolicy: got "strict", but ${stack} has not said that the system namespaces' policies stand; write networkPolicy: standard, then npm run up -- ${stack}, and only then strict`,
  );
}
