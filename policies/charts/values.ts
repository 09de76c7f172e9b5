interface Seccomp {
  readonly seccompProfile?: { readonly type?: string };
}

interface Switch {
  readonly enabled?: boolean;
}

interface Budget extends Switch {
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
}

interface Capabilities {
  readonly drop?: readonly string[];
  readonly add?: readonly string[];
}

interface Replicated {
  readonly replicaCount?: number;
  readonly podDisruptionBudget?: Budget;
}

interface BaseValues {
  readonly defaultRevision?: string;
  readonly base?: { readonly validationFailurePolicy?: string };
  readonly experimental?: { readonly stableValidationPolicy?: boolean };
  readonly global?: { readonly enableReaderRBAC?: boolean; readonly networkPolicy?: Switch };
}

interface MeshConfig {
  readonly outboundTrafficPolicy?: { readonly mode?: string };
  readonly pathNormalization?: { readonly normalization?: string };
  readonly meshMTLS?: { readonly minProtocolVersion?: string };
  readonly accessLogFile?: string;
  readonly defaultConfig?: { readonly holdApplicationUntilProxyStarts?: boolean };
}

interface IstiodValues extends BaseValues, Seccomp {
  readonly revision?: string;
  readonly autoscaleEnabled?: boolean;
  readonly autoscaleMin?: number;
  readonly cni?: Switch;
  readonly extraContainerArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly meshConfig?: MeshConfig;
  readonly global?: BaseValues["global"] & {
    readonly proxy?: Seccomp & {
      readonly excludeIPRanges?: string;
      readonly includeIPRanges?: string;
      readonly excludeOutboundPorts?: string;
    };
  };
}

interface CniValues extends Seccomp {
  readonly revision?: string;
  readonly excludeNamespaces?: readonly string[];
  readonly global?: { readonly networkPolicy?: Switch };
}

interface GatewayValues {
  readonly revision?: string;
  readonly service?: { readonly type?: string; readonly ports?: readonly { readonly targetPort?: number }[] };
  readonly autoscaling?: Switch & { readonly minReplicas?: number };
  readonly podDisruptionBudget?: Budget;
  readonly securityContext?: Seccomp & { readonly sysctls?: readonly { readonly name?: string }[] };
  readonly global?: { readonly networkPolicy?: Switch };
}

interface WithPolicy extends Replicated {
  readonly networkPolicy?: Switch & { readonly egress?: unknown };
}

interface CertManagerValues extends WithPolicy {
  readonly crds?: Switch & { readonly keep?: boolean };
  readonly approveSignerNames?: readonly string[];
  readonly config?: { readonly clusterIssuerAmbientCredentials?: boolean };
  readonly global?: {
    readonly leaderElection?: { readonly namespace?: string };
    readonly rbac?: { readonly aggregateClusterRoles?: boolean };
  };
  readonly webhook?: WithPolicy;
  readonly cainjector?: WithPolicy;
}

interface ExternalSecretsValues extends Replicated {
  readonly leaderElect?: boolean;
  readonly processClusterExternalSecret?: boolean;
  readonly processClusterGenerator?: boolean;
  readonly processClusterPushSecret?: boolean;
  readonly processPushSecret?: boolean;
  readonly genericTargets?: Switch;
  readonly crds?: { readonly unsafeServeV1Beta1?: boolean };
  readonly rbac?: {
    readonly serviceAccountTokenCreate?: boolean;
    readonly aggregateToView?: boolean;
    readonly aggregateToEdit?: boolean;
    readonly aggregateToAdmin?: boolean;
  };
  readonly certController?: { readonly create?: boolean };
  readonly webhook?: Replicated;
}

interface LoadBalancerValues extends Replicated {
  readonly region?: string;
  readonly vpcId?: string;
  readonly podSecurityContext?: Seccomp;
  readonly securityContext?: { readonly capabilities?: Capabilities };
  readonly enableCertManager?: boolean;
  readonly enableServiceMutatorWebhook?: boolean;
  readonly createIngressClassResource?: boolean;
  readonly disableIngressClassAnnotation?: boolean;
  readonly defaultLoadBalancerScheme?: string;
  readonly defaultSSLPolicy?: string;
  readonly clusterSecretsPermissions?: { readonly allowAllSecrets?: boolean };
  readonly controllerConfig?: { readonly featureGates?: Readonly<Record<string, boolean>> };
}

interface KarpenterValues {
  readonly settings?: { readonly interruptionQueue?: string };
  readonly controller?: { readonly env?: readonly { readonly name?: string; readonly value?: string }[] };
}

interface FalcoValues {
  readonly driver?: { readonly kind?: string; readonly modernEbpf?: { readonly leastPrivileged?: boolean } };
  readonly containerSecurityContext?: { readonly privileged?: boolean; readonly capabilities?: Capabilities };
  readonly falcoctl?: { readonly artifact?: { readonly install?: Switch; readonly follow?: Switch } };
  readonly falcosidekick?: Switch;
  readonly falco?: {
    readonly json_output?: boolean;
    readonly http_output?: Switch & { readonly url?: string; readonly mtls?: boolean };
  };
}

interface FalcosidekickValues extends Replicated {
  readonly podSecurityContext?: Seccomp;
  readonly securityContext?: { readonly capabilities?: Capabilities };
  readonly config?: {
    readonly alertmanager?: { readonly endpoint?: string };
    readonly tlsserver?: { readonly deploy?: boolean; readonly mutualtls?: boolean };
  };
}

interface VaultValues {
  readonly global?: { readonly tlsDisable?: boolean };
  readonly server?: {
    readonly ha?: { readonly enabled?: boolean; readonly raft?: Switch & { readonly config?: string } };
  };
  readonly injector?: Switch & { readonly webhook?: { readonly failurePolicy?: string } };
}

/**
 * The values that controls read, by the name of the chart: every one may be absent, which is the chart's own default.
 */
export interface ChartValues {
  readonly base: BaseValues;
  readonly istiod: IstiodValues;
  readonly cni: CniValues;
  readonly gateway: GatewayValues;
  readonly "cert-manager": CertManagerValues;
  readonly "external-secrets": ExternalSecretsValues;
  readonly "aws-load-balancer-controller": LoadBalancerValues;
  readonly karpenter: KarpenterValues;
  readonly "karpenter-crd": object;
  readonly falco: FalcoValues;
  readonly falcosidekick: FalcosidekickValues;
  readonly gatekeeper: { readonly validatingWebhookFailurePolicy?: string };
  readonly kyverno: {
    readonly features?: { readonly forceFailurePolicyIgnore?: Switch; readonly policyExceptions?: Switch };
    readonly admissionController?: { readonly replicas?: number };
  };
  readonly vault: VaultValues;
  readonly "trivy-operator": {
    readonly operator?: { readonly accessGlobalSecretsAndServiceAccount?: boolean };
  };
  readonly "ingress-nginx": object;
}
