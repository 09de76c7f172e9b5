import type { Environment } from "../tenant";

/** Who somebody is to a cluster. */
export type Persona = "developer" | "devops" | "sre" | "incidentManager" | "auditor";

/** Every persona, in the order in which they are documented. */
export const PERSONAS: readonly Persona[] = ["developer", "devops", "sre", "incidentManager", "auditor"];

/** The groups whose members are a persona: those that access entries carry, and those of the identity provider under its prefix. */
export type Groups = Readonly<Partial<Record<Persona, readonly string[]>>>;

/** What access entries carry; production's developers have a group of their own, so that a binding copied from staging gives them nothing. */
const ENTRY: Readonly<Record<Persona, string>> = {
  developer: "bulwark:developer",
  devops: "bulwark:devops",
  sre: "bulwark:sre",
  incidentManager: "bulwark:incident-manager",
  auditor: "bulwark:auditor",
};
const READS = "bulwark:developer-read";

/** What Kubernetes, EKS and this package begin their own names with; nobody at an identity provider may be called so. */
const RESERVED = ["system:", "eks:", "aws:", "amazon:", "iam:", "arn:", "kubernetes:", "bulwark:"];

/** The group that the cluster's access entries give a persona in an environment. */
export function entryGroup(persona: Persona, environment: Environment): string {
  return persona === "developer" && environment === "production" ? READS : ENTRY[persona];
}

/**
 * The name of a persona's roles and bindings in an environment: its group's, so that what is copied from staging neither replaces
 * production's role nor finds anybody to bind.
 */
export function roleName(persona: Persona, environment: Environment): string {
  return entryGroup(persona, environment).replace(":", "-");
}

/**
 * Answers a group that the identity provider names: its prefix, then what the provider calls it.
 *
 * @throws Error without a prefix, with one that gives rights by itself, and for wildcards
 */
export function providedGroup(what: string, group: string): string {
  const reserved = RESERVED.find((prefix) => group.startsWith(prefix));
  if (reserved !== undefined) {
    throw new Error(`${what} must not begin with "${reserved}", whose owner gives it rights, got "${group}"`);
  }
  if (!/^[a-z][a-z0-9.-]*[:/#][^\s*](?:[^*]{0,198}[^\s*])?$/.test(group)) {
    throw new Error(
      `${what} must be the identity provider's prefix and one group, such as oidc:shop-developers, got "${group}"`,
    );
  }
  return group;
}

/**
 * Reads who is which persona, each group once and in a stable order.
 *
 * @throws Error for a persona that is none, for a group that is another persona's or no group of people, and for one that has two personas
 */
export function membersOf(
  groups: Groups,
  environment: Environment,
): readonly (readonly [Persona, readonly string[]])[] {
  const unknown = Object.keys(groups).find((each) => !PERSONAS.some((persona) => persona === each));
  if (unknown !== undefined) {
    throw new Error(`personas must be among ${PERSONAS.join(", ")}, got "${unknown}"; name one of them`);
  }
  const members = PERSONAS.map((persona) => {
    const all = (groups[persona] ?? []).map((group) => personaGroup(persona, group, environment));
    return [persona, [...new Set(all)].sort()] as const;
  }).filter(([, each]) => each.length > 0);
  const all = members.flatMap(([, each]) => each);
  const twice = all.find((group, index) => all.indexOf(group) !== index);
  if (twice !== undefined) throw new Error(`group "${twice}" has two personas; give it one, rights add up`);
  return members;
}

function personaGroup(persona: Persona, group: string, environment: Environment): string {
  const own = entryGroup(persona, environment);
  if (group === own) return group;
  if (group.startsWith("bulwark:")) {
    throw new Error(`personas.${persona} in ${environment} is group "${own}", got "${group}"; write "${own}"`);
  }
  return providedGroup(`a group of personas.${persona}`, group);
}
