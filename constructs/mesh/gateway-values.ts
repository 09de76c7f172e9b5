import { EGRESS_GATEWAY, INGRESS_GATEWAY } from "../platform";

/** What a gateway's chart is told so that its pods fit the objects that the constructs write. */
export interface GatewayValues {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: { readonly create: true; readonly name: string };
  readonly service: {
    readonly type: "ClusterIP";
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: number;
      readonly protocol: "TCP";
    }[];
  };
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly terminationGracePeriodSeconds: number;
}

/** How long the load balancer goes on sending to a gateway that leaves; the cluster layer's target group says so. */
const DEREGISTRATION = 60;
const DRAIN = DEREGISTRATION + 30;

/**
 * Values of the ingress gateway: it believes one proxy before it, our load balancer, about who called, and serves on for longer
 * than that load balancer sends. Only here: a client inside the mesh could otherwise name any caller.
 */
export const INGRESS_GATEWAY_VALUES: GatewayValues = {
  ...gateway(INGRESS_GATEWAY),
  service: {
    type: "ClusterIP",
    ports: [tcp("https", INGRESS_GATEWAY.port), tcp("status-port", INGRESS_GATEWAY.health)],
  },
  podAnnotations: {
    "proxy.istio.io/config": JSON.stringify({
      gatewayTopology: { numTrustedProxies: 1 },
      terminationDrainDuration: `${DRAIN}s`,
    }),
  },
  terminationGracePeriodSeconds: DRAIN + 30,
};

/** Values of the egress gateway: it is reached by sidecars alone, on a port that needs no privilege. */
export const EGRESS_GATEWAY_VALUES: GatewayValues = {
  ...gateway(EGRESS_GATEWAY),
  service: { type: "ClusterIP", ports: [tcp("tls", EGRESS_GATEWAY.port)] },
  podAnnotations: { "proxy.istio.io/config": JSON.stringify({ terminationDrainDuration: "30s" }) },
  terminationGracePeriodSeconds: 60,
};

function gateway({
  labels,
  serviceAccount,
}: Pick<typeof EGRESS_GATEWAY, "labels" | "serviceAccount">): Pick<
  GatewayValues,
  "name" | "labels" | "serviceAccount"
> {
  return { name: serviceAccount, labels, serviceAccount: { create: true, name: serviceAccount } };
}

function tcp(name: string, port: number): GatewayValues["service"]["ports"][number] {
  return { name, port, targetPort: port, protocol: "TCP" };
}
