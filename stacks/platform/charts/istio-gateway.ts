import {
  EGRESS_GATEWAY_VALUES,
  type GatewayValues as Agreed,
  INGRESS_GATEWAY_VALUES,
} from "../../../constructs/mesh/gateway-values";
import { EGRESS_GATEWAY, INGRESS_GATEWAY } from "../../../constructs/platform";
import { type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, SECCOMP, type Seccomp, type Spread, spread } from "./pod";

/** What is said to the chart of a gateway beyond what the mesh's objects agree with it about. */
interface GatewayValues extends Agreed {
  readonly autoscaling: { readonly enabled: true; readonly minReplicas: number; readonly maxReplicas: number };
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly priorityClassName: string;
  readonly topologySpreadConstraints: readonly Spread[];
  readonly resources: Resources;
  readonly rbac: { readonly enabled: boolean };
  readonly securityContext: {
    readonly seccompProfile: Seccomp;
    readonly sysctls?: readonly { readonly name: "net.ipv4.ip_unprivileged_port_start"; readonly value: "0" }[];
  };
  readonly global: { readonly networkPolicy: { readonly enabled: false } };
}

/**
 * The one way in. Its pods start after the load balancer controller: a pod that is there first is never held back until the
 * load balancer sends to it.
 *
 * @control charts-gateway-inside
 * @control charts-gateway-can-listen
 * @control charts-istio-one-revision
 */
export function ingressGateway(): ChartRelease<GatewayValues> {
  return release({
    name: INGRESS_GATEWAY.serviceAccount,
    namespace: INGRESS_GATEWAY.namespace,
    chart: "gateway",
    podSecurity: "restricted",
    after: ["istiod", "aws-load-balancer-controller"],
    needs: [`TargetGroupBinding ${INGRESS_GATEWAY.namespace}/${INGRESS_GATEWAY.serviceAccount}`],
    values: {
      ...gateway(INGRESS_GATEWAY_VALUES),
      // Whoever sets any security context loses the chart's own sysctl, and with it the right to listen on 443.
      securityContext: {
        seccompProfile: SECCOMP,
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
      },
      // It reads its certificate, from its own namespace alone.
      rbac: { enabled: true },
    },
  });
}

/** The one way out. It holds no certificate of its own, so it may read no Secret. */
export function egressGateway(): ChartRelease<GatewayValues> {
  return release({
    name: EGRESS_GATEWAY.serviceAccount,
    namespace: EGRESS_GATEWAY.namespace,
    chart: "gateway",
    podSecurity: "restricted",
    after: ["istiod"],
    values: {
      ...gateway(EGRESS_GATEWAY_VALUES),
      securityContext: { seccompProfile: SECCOMP },
      rbac: { enabled: false },
    },
  });
}

function gateway(agreed: Agreed): Omit<GatewayValues, "securityContext" | "rbac"> {
  return {
    ...agreed,
    autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 5 },
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: CRITICAL,
    topologySpreadConstraints: spread(agreed.labels),
    // The image is the literal `auto`: istiod puts in its own proxy, which is pinned there.
    resources: resources("100m", "512Mi"),
    global: { networkPolicy: { enabled: false } },
  };
}
