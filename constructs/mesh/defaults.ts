import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { CONTROL_PLANE } from "../platform";

const { namespace } = CONTROL_PLANE;

/**
 * Emits what holds wherever a namespace says nothing, by standing in the mesh's root namespace: mutual TLS only, nobody admitted, and no
 * route but to the own namespace.
 */
export function defaults(mesh: Construct): void {
  new ApiObject(mesh, "mutual-tls", {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { namespace, name: "default" },
    spec: { mtls: { mode: "STRICT" } },
  });
  new ApiObject(mesh, "allow-nothing", {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { namespace, name: "allow-nothing" },
    spec: {},
  });
  new ApiObject(mesh, "sidecar", {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { namespace, name: "default" },
    spec: {
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      egress: [{ hosts: ["./*", `${namespace}/*`] }],
    },
  });
}
