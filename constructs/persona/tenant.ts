import type { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import type { Environment } from "../tenant";
import { type Groups, membersOf, roleName } from "./persona";
import { restartOnly } from "./restart";
import { rulesOf, TABLE } from "./table";

/**
 * Emits what each persona may do in a tenant, and the policy that keeps a restart a restart, before the right to patch exists.
 *
 * @throws Error for groups that are no persona's
 */
export function tenantPersonas(tenant: Chart, groups: Groups, environment: Environment): void {
  const members = membersOf(groups, environment);
  const restart = members
    .filter(([persona]) => TABLE[persona][environment].includes("restart"))
    .flatMap(([, all]) => all);
  const policy = restart.length === 0 ? undefined : restartOnly(tenant, restart);

  for (const [persona, all] of members) {
    const rules = rulesOf(persona, environment, "tenant");
    if (rules.length === 0) continue;
    const name = roleName(persona, environment);
    new k8s.KubeRole(tenant, `${name}-role`, { metadata: { name }, rules });
    const binding = new k8s.KubeRoleBinding(tenant, `${name}-binding`, {
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: all.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
    });
    if (policy) binding.addDependency(policy);
  }
}
