import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { clusterScoped } from "../cluster-scoped";
import type { Environment } from "../tenant";
import { cordonOnly } from "./cordon";
import { type Groups, membersOf, roleName } from "./persona";
import { rulesOf, TABLE } from "./table";

export interface PersonasArgs {
  /** Who is which persona in this cluster. A persona without a group is nobody. */
  readonly groups: Groups;
  /** @default production: developers read */
  readonly environment?: Environment;
}

/**
 * What people may do beyond any tenant: see nodes, oversee what runs, audit who may do what, drain and cordon. What they may do inside
 * one is the Tenant's to say.
 */
export class Personas extends Chart {
  constructor(scope: Construct, id: string, { groups, environment = "production" }: PersonasArgs) {
    super(scope, id, { labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    const members = membersOf(groups, environment);
    const cordon = members
      .filter(([persona]) => TABLE[persona][environment].includes("cordon"))
      .flatMap(([, all]) => all);
    const policy = cordon.length === 0 ? undefined : cordonOnly(this, cordon);

    for (const [persona, all] of members) {
      const name = roleName(persona, environment);
      clusterScoped(
        new k8s.KubeClusterRole(this, `${name}-role`, {
          metadata: { name },
          rules: rulesOf(persona, environment, "cluster"),
        }),
      );
      const binding = clusterScoped(
        new k8s.KubeClusterRoleBinding(this, `${name}-binding`, {
          metadata: { name },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
          subjects: all.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
        }),
      );
      if (policy) binding.addDependency(policy);
    }
  }
}
