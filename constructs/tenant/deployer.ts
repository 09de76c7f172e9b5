import type { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import { inGroups, text } from "../admission/cel";
import { DEPLOY, DEPLOY_NODE_AGENTS } from "../persona/intent";
import { entryGroup, type Groups, providedGroup } from "../persona/persona";
import { personasThat, TABLE } from "../persona/table";
import { PERSONAS } from "../persona/persona";
import { label } from "../name";
import type { Environment } from "./index";

/** Who applies a tenant's manifests: a group, as the cluster knows it, or a pipeline's service account. */
export type Deployer =
  { readonly group: string } | { readonly serviceAccount: { readonly namespace: string; readonly name: string } };

/** Whom a tenant lets write what its applications emit. */
interface Writers {
  readonly deployer: Deployer | undefined;
  readonly personas: Groups;
  readonly environment: Environment;
  /** Whether the tenant's pods may be more than restricted, as node agents are. */
  readonly agents: boolean;
}

const NAME = "bulwark-deployer";

/**
 * Emits the right to write exactly the kinds that an Application emits, in this tenant alone.
 *
 * @throws Error for groups that give rights by themselves, for personas that may not deploy here and for an account that is nobody's own
 */
export function deployment(tenant: Chart, { deployer, personas, environment, agents }: Writers): void {
  if (deployer === undefined) return;
  const subject = subjectOf(deployer, personas, environment);
  new k8s.KubeRole(tenant, "deployer-role", {
    metadata: { name: NAME },
    rules: agents ? [...DEPLOY, DEPLOY_NODE_AGENTS] : [...DEPLOY],
  });
  new k8s.KubeRoleBinding(tenant, "deployer-binding", {
    metadata: { name: NAME },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: NAME },
    subjects: [subject],
  });
}

/** The condition under which a request comes from somebody who may deploy here; nothing if nobody may. */
export function requester({ deployer, personas, environment }: Writers): string | undefined {
  const people = personasThat("deploy", environment).flatMap((persona) => personas[persona] ?? []);
  const groups = [...new Set([...people, ...(deployer && "group" in deployer ? [deployer.group] : [])])].sort();
  const conditions = groups.length === 0 ? [] : [`(${inGroups(groups)})`];
  if (deployer && "serviceAccount" in deployer) {
    const { namespace, name } = deployer.serviceAccount;
    conditions.push(`request.userInfo.username == ${text(`system:serviceaccount:${namespace}:${name}`)}`);
  }
  return conditions.length === 0 ? undefined : conditions.join(" || ");
}

function subjectOf(deployer: Deployer, personas: Groups, environment: Environment): k8s.Subject {
  if ("group" in deployer) {
    return {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Group",
      name: groupOf(deployer.group, personas, environment),
    };
  }
  const { namespace, name } = deployer.serviceAccount;
  if (name === "default") {
    throw new Error(
      `deployer.serviceAccount must be an account of its own, got "default", which every pod may get; name another`,
    );
  }
  return {
    kind: "ServiceAccount",
    namespace: label("deployer.serviceAccount.namespace", namespace),
    name: label("deployer.serviceAccount.name", name),
  };
}

function groupOf(group: string, personas: Groups, environment: Environment): string {
  const persona = PERSONAS.find((each) => entryGroup(each, environment) === group || personas[each]?.includes(group));
  if (persona === undefined) return providedGroup("deployer.group", group);
  // A policy holds whoever restarts to restarting, so a persona that restarts could not deploy; one that reads must not.
  if (persona === "devops" || TABLE[persona][environment].includes("deploy")) return group;
  throw new Error(
    `deployer.group must be the pipeline's or devops', got "${group}", who is ${persona} in ${environment}; name another group`,
  );
}
