import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { type Callee, serviceHost } from "./flow";
import { INGRESS_GATEWAY } from "./platform";
import type { Workload } from "./workload/workload";

export interface RouteArgs {
  readonly host: string;
  readonly service: Callee & Pick<Workload, "metadata">;
}

/**
 * Leads one public host from the platform's gateway to one workload. It is seen by the gateway alone: exported further it could take
 * over the host inside the mesh.
 */
export class Route extends ApiObject {
  constructor(scope: Construct, id: string, { host, service }: RouteArgs) {
    const destination = { host: serviceHost(service), port: { number: service.port } };
    super(scope, id, {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { ...service.metadata },
      spec: {
        hosts: [host],
        gateways: [INGRESS_GATEWAY.gateway],
        exportTo: [INGRESS_GATEWAY.namespace],
        http: [{ route: [{ destination }] }],
      },
    });
  }
}
