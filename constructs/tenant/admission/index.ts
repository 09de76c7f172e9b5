import type { Chart } from "cdk8s";
import { admissionPolicy, type AdmissionPolicyArgs } from "../../admission/policy";
import { TENANT } from "../namespace";
import { authorizationPolicies } from "./authorization-policies";
import { boundaryStays } from "./boundary";
import { externalSecrets } from "./external-secrets";
import { networkPolicies } from "./network-policies";
import { pods } from "./pods";
import { services } from "./services";
import { sidecars } from "./sidecars";
import { virtualServices } from "./virtual-services";

/** What is judged, as one noun says it; whom and where is the tenant's. */
export type Judgement = Pick<AdmissionPolicyArgs, "rules" | "operations" | "variables" | "validations">;

/**
 * Emits the policies that keep the tenant's deploying identity from weakening the tenant's own boundary with what it may write:
 * NetworkPolicies and ALLOW policies add up, so one that is too wide undoes every narrow one.
 *
 * @param requester whom they hold for
 * @param hosts the public names that the platform granted the tenant
 */
export function admission(tenant: Chart, requester: string, hosts: readonly string[]): void {
  const judgements: Readonly<Record<string, Judgement>> = {
    "authorization-policies": authorizationPolicies(),
    boundary: boundaryStays(tenant),
    "external-secrets": externalSecrets(),
    "network-policies": networkPolicies(),
    pods: pods(),
    services: services(),
    sidecars: sidecars(),
    "virtual-services": virtualServices(tenant.node.id, hosts),
  };
  for (const [noun, judgement] of Object.entries(judgements)) {
    admissionPolicy(tenant, {
      ...judgement,
      name: `bulwark-${tenant.node.id}-${noun}`,
      namespaces: { [TENANT]: tenant.node.id },
      requester,
    });
  }
}
