import { Testing } from "cdk8s";
import { App, type Environment, type Groups, Personas, Tenant, type TenantArgs } from "../../../constructs";
import type { Manifest } from "../admission";

/** Everybody by the group of his access entries, and developers by one of the identity provider's. */
export function everybody(environment: Environment): Required<Groups> {
  return {
    developer: ["oidc:shop-developers", environment === "production" ? "bulwark:developer-read" : "bulwark:developer"],
    devops: ["bulwark:devops"],
    sre: ["bulwark:sre"],
    incidentManager: ["bulwark:incident-manager"],
    auditor: ["bulwark:auditor"],
  };
}

export const PIPELINE = "oidc:shop-pipeline";

/** A tenant named team-shop with the given people in it. */
export function tenant(args: Partial<TenantArgs> = {}): Manifest[] {
  const made = new Tenant(new App(), "team-shop", {
    owner: "team-shop@example.com",
    podSecurityVersion: "v1.36",
    ...args,
  });
  return Testing.synth(made) as Manifest[];
}

/** A cluster with one tenant, in which everybody is what he is. */
export function cluster(environment: Environment): Manifest[] {
  const groups = everybody(environment);
  const personas = new Personas(new App(), "personas", { groups, environment });
  return [
    ...(Testing.synth(personas) as Manifest[]),
    ...tenant({
      environment,
      personas: groups,
      deployer: { group: PIPELINE },
      hosts: ["shop.example.com"],
      aws: {
        region: "eu-central-1",
        endpoints: ["10.0.0.0/24"],
        secretsPrefix: "bulwark/main/team-shop/",
        secretsRole: "arn:aws:iam::111122223333:role/bulwark-main-secrets-team-shop",
      },
    }),
  ];
}

/** The labels of the tenant's namespace, as the platform wrote them. */
export const NAMESPACE = { "bulwark/tenant": "team-shop" };
