import * as pulumi from "@pulumi/pulumi";

import type { PlatformBlueprint } from "./blueprint/schema";
import { Platform } from "./platform";
import { disagreements, readCluster } from "./platform/cluster";
import { kubernetesProvider } from "./platform/provider";
import { readRequirements } from "./platform/requirements";

/** The platform layer: what runs in a cluster before any application does, and the tenants. */
export async function platformLayer(blueprint: PlatformBlueprint) {
  const { approved: requirements, wrong } = readRequirements(blueprint);
  const cluster = await readCluster(blueprint);
  refuse(blueprint, [...disagreements(blueprint, cluster), ...wrong]);

  const kubernetes = kubernetesProvider(cluster);
  const platform = new Platform("main", { blueprint, cluster, requirements }, { providers: { kubernetes } });

  return {
    cluster: cluster.name,
    systemPolicies: platform.systemPolicies,
    // To lift a protection changes no object, and an update of which nothing else came would be passed over.
    protected: blueprint.teardown === undefined,
  };
}

/** Stacks and files that contradict each other are told so all at once, before anything is registered. */
function refuse({ cluster }: PlatformBlueprint, sentences: readonly string[]): void {
  const own = pulumi.getStack();
  const all = [
    ...(own === `${cluster}-platform`
      ? []
      : [
          `cluster: got "${cluster}", this stack is called ${own}; the platform of ${cluster} is the stack ${cluster}-platform: the runner may write no other`,
        ]),
    ...sentences,
  ];
  if (all.length === 0) return;
  throw new pulumi.RunError(
    `${own} does not fit its cluster or its requirements; nothing was created\n${all.map((each) => `  ${each}`).join("\n")}`,
  );
}
