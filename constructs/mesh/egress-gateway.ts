import { ApiObject, Chart } from "cdk8s";
import type { Construct } from "constructs";
import { serviceHost } from "../flow";
import { EGRESS_GATEWAY } from "../platform";
import type { Requirements } from "../requirements";
import { block } from "../block";
import { EgressHost, subset } from "./egress-host";
import { type Grant, grantees, grants, tenants } from "./grant";
import { internet } from "./internet";
import { allowIn, allowOut, gatewayBoundary, pods, tcp } from "./network";

export interface EgressGatewayArgs {
  /** What the platform's owners approved. What is taken out of it is revoked. */
  readonly requirements: readonly Requirements[];
  /** The blocks of the network itself, where they are public addresses: IPv6, or IPv4 that others could have. @default none */
  readonly network?: readonly string[];
}

const { namespace, port, serviceAccount } = EGRESS_GATEWAY;

/**
 * The gateway's half of every host that a workload reaches: the sidecar speaks mutual TLS to the gateway with the host as name, the gateway
 * admits the workload for that host alone and dials the address that it looked up itself. The application's own TLS runs inside and is
 * never opened.
 */
export class EgressGateway extends Chart {
  constructor(scope: Construct, id: string, { requirements, network = [] }: EgressGatewayArgs) {
    super(scope, id, { namespace, labels: { "app.kubernetes.io/managed-by": "bulwark" } });
    const reached = grants(requirements, "reaches");
    const own = network.map((each) => block("a block of the network", each));

    for (const grant of reached) new EgressHost(this, grant);
    for (const tenant of tenants(reached)) this.destinationRule(tenant, reached);
    this.allowNothing();
    gatewayBoundary(this, EGRESS_GATEWAY);
    this.networkPolicies(reached, own);
  }

  /**
   * One for each tenant, since of several that a proxy sees for one service Istio takes one and forgets the others' subsets (istio,
   * pilot/pkg/model/destination_rule.go).
   */
  private destinationRule(tenant: string, reached: readonly Grant[]): void {
    const hosts = reached.filter(({ to }) => to.some((each) => each.tenant === tenant)).map(({ host }) => host);
    new ApiObject(this, `tenant-${tenant}`, {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: `tenant-${tenant}` },
      spec: {
        host: serviceHost({ tenant: namespace, name: serviceAccount }),
        exportTo: [tenant],
        subsets: hosts.map((sni) => ({
          name: subset(sni),
          trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni } },
        })),
      },
    });
  }

  /** Holds here by itself: that a host is refused must not depend on another namespace's policy. */
  private allowNothing(): void {
    new ApiObject(this, "allow-nothing", {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "allow-nothing" },
      spec: {},
    });
  }

  private networkPolicies(reached: readonly Grant[], own: readonly string[]): void {
    const callers = grantees(reached).map(({ tenant, workload }) =>
      pods(tenant, { "app.kubernetes.io/name": workload }),
    );
    allowIn(
      this,
      EGRESS_GATEWAY,
      "allow-callers",
      callers.map((caller) => ({ from: [caller], ports: [tcp(port)] })),
    );
    // Without a host to dial the gateway has no business outside.
    allowOut(this, EGRESS_GATEWAY, "allow-internet", reached.length === 0 ? [] : internet(own));
  }
}
