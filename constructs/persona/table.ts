import type { k8s } from "cdk8s-plus-28";
import type { Environment } from "../tenant";
import { type Intent, INTENTS } from "./intent";
import { type Persona, PERSONAS } from "./persona";

const OPERATE: readonly Intent[] = ["read", "logs", "look", "scale", "replace"];
const INCIDENT: readonly Intent[] = ["read", "logs", "look", "scale", "restart", "cordon"];
const SRE: readonly Intent[] = [...INCIDENT, "oversee", "replace", "drain"];
const AUDIT: readonly Intent[] = ["look", "audit"];

/**
 * Who may do what, by environment: the one table from which the roles, the admission policies and the documentation follow. To deploy
 * is to choose what runs, and so to read what it is given; where that matters the pipeline deploys and people do not.
 */
export const TABLE: Readonly<Record<Persona, Readonly<Record<Environment, readonly Intent[]>>>> = {
  developer: {
    development: [...OPERATE, "deploy"],
    staging: OPERATE,
    production: ["read", "logs", "look"],
  },
  devops: {
    development: [...OPERATE, "deploy"],
    staging: [...OPERATE, "deploy"],
    production: OPERATE,
  },
  sre: { development: SRE, staging: SRE, production: SRE },
  incidentManager: { development: INCIDENT, staging: INCIDENT, production: INCIDENT },
  auditor: { development: AUDIT, staging: AUDIT, production: AUDIT },
};

/** The rules of a persona in an environment, in the tenants that name it or in the whole cluster. */
export function rulesOf(persona: Persona, environment: Environment, scope: "tenant" | "cluster"): k8s.PolicyRule[] {
  return TABLE[persona][environment]
    .filter((intent) => INTENTS[intent].scope === scope)
    .flatMap((intent) => INTENTS[intent].rules);
}

/** Which personas set out to do something in an environment. */
export function personasThat(intent: Intent, environment: Environment): Persona[] {
  return PERSONAS.filter((persona) => TABLE[persona][environment].includes(intent));
}
