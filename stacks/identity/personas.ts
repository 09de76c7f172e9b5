import type { ClusterBlueprint } from "../blueprint/schema";

type Environment = ClusterBlueprint["environment"];
type Said = NonNullable<ClusterBlueprint["identity"]["roles"]>;
/** Who somebody is to a cluster. */
export type Persona = keyof Said;

/**
 * The Kubernetes group of each persona. A group alone gives nothing: the platform layer binds it namespace by namespace,
 * so that whoever has only signed in can do nothing yet. A developer of production is another group than a developer, so
 * that a binding copied from staging gives nobody the right to write.
 */
const GROUPS: Readonly<Record<Persona, string | Readonly<Record<Environment, string>>>> = {
  developer: {
    development: "bulwark:developer",
    staging: "bulwark:developer",
    production: "bulwark:developer-read",
  },
  devops: "bulwark:devops",
  sre: "bulwark:sre",
  incidentManager: "bulwark:incident-manager",
  auditor: "bulwark:auditor",
};

/** Every persona, in the order in which they are documented. */
export const PERSONAS = Object.keys(GROUPS) as Persona[];

/** The group that a persona's access entries carry in an environment. */
export function groupOf(persona: Persona, environment: Environment): string {
  const group = GROUPS[persona];
  return typeof group === "string" ? group : group[environment];
}

/** One role and the persona that its sessions are. */
export interface Member {
  readonly role: string;
  readonly persona: Persona;
}

/** Every role that has a persona. */
export function members({ roles = {} }: ClusterBlueprint["identity"]): Member[] {
  return PERSONAS.flatMap((persona) => (roles[persona] ?? []).map((role) => ({ role, persona })));
}

/**
 * By persona, every Kubernetes group whose members it has: its own, and those of the identity provider under the
 * provider's prefix. The platform layer binds exactly these.
 */
export function subjects({
  environment,
  identity: { provider },
}: Pick<ClusterBlueprint, "environment" | "identity">): Record<Persona, string[]> {
  const of = (persona: Persona) => [
    groupOf(persona, environment),
    ...(provider?.groups?.[persona] ?? []).map((group) => `${provider?.groupsPrefix ?? ""}${group}`),
  ];
  return Object.fromEntries(PERSONAS.map((persona) => [persona, of(persona)])) as Record<Persona, string[]>;
}
