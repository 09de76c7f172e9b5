import { type ChartContext, type ChartRelease, release } from "./chart";
import { CRITICAL, type Resources, resources, SECCOMP, type Seccomp, type Spread, spread } from "./pod";

/** What is said to the chart of the load balancer controller. */
interface LoadBalancerControllerValues {
  readonly image: { readonly repository: string; readonly tag: string };
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly replicaCount: number;
  readonly serviceAccount: { readonly name: string };
  readonly priorityClassName: string;
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly podSecurityContext: {
    readonly fsGroup: number;
    readonly runAsNonRoot: true;
    readonly seccompProfile: Seccomp;
  };
  readonly securityContext: { readonly capabilities: { readonly drop: readonly ["ALL"] } };
  readonly resources: Resources;
  readonly topologySpreadConstraints: readonly Spread[];
  readonly enableCertManager: true;
  readonly createIngressClassResource: false;
  readonly ingressClassParams: { readonly create: false };
  readonly disableIngressClassAnnotation: true;
  readonly disableIngressGroupNameAnnotation: true;
  readonly tolerateNonExistentBackendService: false;
  readonly tolerateNonExistentBackendAction: false;
  readonly enableServiceMutatorWebhook: false;
  readonly enableBackendSecurityGroup: false;
  readonly enableShield: false;
  readonly enableWaf: false;
  readonly enableWafv2: false;
  readonly defaultTargetType: "ip";
  readonly defaultLoadBalancerScheme: "internal";
  readonly defaultSSLPolicy: `ELBSecurityPolicy-TLS13-${string}`;
  readonly clusterSecretsPermissions: { readonly allowAllSecrets: false };
  readonly controllerConfig: {
    readonly featureGates: Readonly<Record<"EnableServiceController" | "ALBGatewayAPI" | "NLBGatewayAPI", false>>;
  };
}

const NAME = "aws-load-balancer-controller";

/**
 * Registers the ingress gateway's pods in the one target group of the cluster layer, and does nothing else: it has no rights
 * in AWS to make a load balancer, and what would ask it to is switched off here.
 *
 * @control charts-no-instance-metadata
 * @control charts-load-balancer-binds-only
 * @control charts-load-balancer-defaults
 * @control charts-load-balancer-secrets
 * @control charts-pods-restricted
 */
export function loadBalancerController(
  { cluster, image }: Pick<ChartContext, "cluster" | "image">,
  { namespace, serviceAccount }: NonNullable<ChartContext["controllers"]["loadBalancer"]>,
): ChartRelease<LoadBalancerControllerValues> {
  const { registry, repository, tag, digest } = image(NAME);
  return release({
    name: NAME,
    namespace,
    chart: NAME,
    podSecurity: "restricted",
    // Its webhook's certificate is cert-manager's; one made by Helm would be new with every render.
    after: ["cert-manager"],
    values: {
      image: { repository: `${registry}/${repository}`, tag: `${tag}@${digest}` },
      clusterName: cluster.name,
      // Said, it need not ask the instance's metadata, which pods cannot reach.
      region: cluster.region,
      vpcId: cluster.vpcId,
      replicaCount: 2,
      serviceAccount: { name: serviceAccount },
      priorityClassName: CRITICAL,
      podDisruptionBudget: { maxUnavailable: 1 },
      podSecurityContext: { fsGroup: 65_534, runAsNonRoot: true, seccompProfile: SECCOMP },
      // The chart's own read-only root, non-root and no escalation stay.
      securityContext: { capabilities: { drop: ["ALL"] } },
      resources: resources("100m", "256Mi"),
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": NAME }),
      enableCertManager: true,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      disableIngressClassAnnotation: true,
      disableIngressGroupNameAnnotation: true,
      tolerateNonExistentBackendService: false,
      tolerateNonExistentBackendAction: false,
      // Else it takes over every new Service of type LoadBalancer.
      enableServiceMutatorWebhook: false,
      // It writes no security group: ours let the load balancer in.
      enableBackendSecurityGroup: false,
      // Web ACL and Shield stand on the load balancer in the cluster layer.
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
      // Should a door be opened nevertheless, it is an inner one with today's ciphers.
      defaultTargetType: "ip",
      defaultLoadBalancerScheme: "internal",
      defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      clusterSecretsPermissions: { allowAllSecrets: false },
      // There is no gate for Ingress: it serves a class that nobody has.
      controllerConfig: {
        featureGates: {
          EnableServiceController: false,
          ALBGatewayAPI: false,
          NLBGatewayAPI: false,
        },
      },
    },
  });
}
