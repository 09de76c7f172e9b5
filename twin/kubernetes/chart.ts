/** Kinds that custom resource definitions bring: its group, the versions served, and whether it lies in namespaces. */
export interface Brought {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly versions: readonly string[];
  readonly scope: "Namespaced" | "Cluster";
}

const namespaced = (group: string, versions: readonly string[], ...kinds: readonly string[]): Brought => ({
  group,
  kinds,
  versions,
  scope: "Namespaced",
});
const clusterWide = (group: string, versions: readonly string[], ...kinds: readonly string[]): Brought => ({
  group,
  kinds,
  versions,
  scope: "Cluster",
});

const ISTIO = ["v1", "v1beta1", "v1alpha3"];
const KARPENTER = [
  clusterWide("karpenter.sh", ["v1"], "NodePool", "NodeClaim"),
  clusterWide("karpenter.sh", ["v1alpha1"], "NodeOverlay"),
  clusterWide("karpenter.k8s.aws", ["v1"], "EC2NodeClass"),
  namespaced("autoscaling.x-k8s.io", ["v1beta1"], "CapacityBuffer"),
];

/**
 * The definitions that a chart brings, by the chart's name: which were rendered at the versions istio 1.30, load balancer controller
 * 3.5, cert-manager 1.21, external-secrets 2.9, karpenter 1.14, trivy-operator 0.34; served versions and scopes are those of the
 * projects' published definitions. Generators of external-secrets and the scope of CapacityBuffer and GlobalAccelerator
 * are not verified.
 */
const CHARTS: Readonly<Record<string, readonly Brought[]>> = {
  base: [
    namespaced(
      "networking.istio.io",
      ISTIO,
      ...["DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "VirtualService", "WorkloadEntry", "WorkloadGroup"],
    ),
    namespaced("networking.istio.io", ["v1alpha3"], "EnvoyFilter"),
    namespaced("networking.istio.io", ["v1beta1"], "ProxyConfig"),
    namespaced(
      "security.istio.io",
      ["v1", "v1beta1"],
      ...["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"],
    ),
    namespaced("telemetry.istio.io", ["v1", "v1alpha1"], "Telemetry"),
    namespaced("extensions.istio.io", ["v1alpha1"], "WasmPlugin", "TrafficExtension"),
  ],
  "aws-load-balancer-controller": [
    namespaced("elbv2.k8s.aws", ["v1beta1", "v1alpha1"], "TargetGroupBinding"),
    namespaced("elbv2.k8s.aws", ["v1beta1"], "ALBTargetControlConfig"),
    clusterWide("elbv2.k8s.aws", ["v1beta1"], "IngressClassParams"),
    namespaced("aga.k8s.aws", ["v1beta1"], "GlobalAccelerator"),
    namespaced(
      "gateway.k8s.aws",
      ["v1", "v1beta1"],
      ...["LoadBalancerConfiguration", "TargetGroupConfiguration", "ListenerRuleConfiguration"],
    ),
  ],
  "cert-manager": [
    namespaced("cert-manager.io", ["v1"], "Certificate", "CertificateRequest", "Issuer"),
    clusterWide("cert-manager.io", ["v1"], "ClusterIssuer"),
    namespaced("acme.cert-manager.io", ["v1"], "Challenge", "Order"),
  ],
  "external-secrets": [
    namespaced("external-secrets.io", ["v1"], "SecretStore", "ExternalSecret"),
    clusterWide("external-secrets.io", ["v1"], "ClusterSecretStore", "ClusterExternalSecret"),
    namespaced("external-secrets.io", ["v1alpha1"], "PushSecret"),
    clusterWide("external-secrets.io", ["v1alpha1"], "ClusterPushSecret"),
  ],
  karpenter: KARPENTER,
  "karpenter-crd": KARPENTER,
  "trivy-operator": [
    namespaced(
      "aquasecurity.github.io",
      ["v1alpha1"],
      ...["VulnerabilityReport", "ConfigAuditReport", "ExposedSecretReport", "RbacAssessmentReport"],
      ...["InfraAssessmentReport", "SbomReport"],
    ),
    clusterWide(
      "aquasecurity.github.io",
      ["v1alpha1"],
      ...["ClusterVulnerabilityReport", "ClusterConfigAuditReport", "ClusterInfraAssessmentReport"],
      ...["ClusterRbacAssessmentReport", "ClusterSbomReport", "ClusterComplianceReport"],
    ),
  ],
};

// The charts that bring their definitions only when told to (`crds.enabled` of cert-manager is off by default).
const SWITCHES: Readonly<Record<string, (values: Values) => boolean>> = {
  base: ({ base }) => base?.enableIstioConfigCRDs !== false,
  "cert-manager": ({ crds, installCRDs }) => crds?.enabled === true || installCRDs === true,
  "external-secrets": ({ installCRDs }) => installCRDs !== false,
};

interface Values {
  readonly base?: { readonly enableIstioConfigCRDs?: boolean };
  readonly crds?: { readonly enabled?: boolean };
  readonly installCRDs?: boolean;
}

// Charts that keep their definitions in `crds/`, which `skipCrds` leaves out (the others render them as templates).
const FOLDERS = ["aws-load-balancer-controller", "karpenter", "trivy-operator"];

/** The definitions that a release of this chart brings with these values. */
export function broughtBy(chart: string, values: object, skipCrds: boolean): readonly Brought[] {
  const name = chart.split("/").at(-1) ?? chart;
  if (skipCrds && FOLDERS.includes(name)) return [];
  const switched = SWITCHES[name]?.(values) ?? true;
  return switched ? (CHARTS[name] ?? []) : [];
}

// Charts whose rendered definitions carry Helm's keep annotation unless told otherwise.
const KEEPERS = ["base", "cert-manager"];

/** True when the definitions outlive the release: Helm deletes neither what lies in `crds/` nor what is annotated to be kept. */
export function outlives(chart: string, { crds }: { readonly crds?: { readonly keep?: boolean } }): boolean {
  const name = chart.split("/").at(-1) ?? chart;
  return FOLDERS.includes(name) || (KEEPERS.includes(name) && crds?.keep !== false);
}

/** What a cluster of EKS has from its first hour: the definitions of the network policy controller (not verified for every version). */
export const OF_EKS: readonly Brought[] = [
  namespaced("networking.k8s.aws", ["v1alpha1"], "ApplicationNetworkPolicy", "PolicyEndpoint"),
  clusterWide("networking.k8s.aws", ["v1alpha1"], "ClusterNetworkPolicy", "ClusterPolicyEndpoint"),
];
