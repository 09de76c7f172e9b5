import { ApiObject, type Chart } from "cdk8s";

/**
 * Emits what the mesh enforces in the tenant: mutual TLS for every connection, nobody admitted without a policy that names him (an ALLOW policy
 * without rules, Istio "Authorization Policy"), and no route to what was not declared.
 */
export function membership(tenant: Chart): void {
  new ApiObject(tenant, "mutual-tls", {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "default" },
    spec: { mtls: { mode: "STRICT" } },
  });
  new ApiObject(tenant, "allow-nothing", {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "allow-nothing" },
    spec: {},
  });
  new ApiObject(tenant, "sidecar", {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { name: "default" },
    spec: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" }, egress: [{ hosts: ["istio-system/*"] }] },
  });
}
