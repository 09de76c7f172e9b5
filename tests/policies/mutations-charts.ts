import { GONE, type Mutation } from "./mutation";

const BASE = "Release istio-base";
const CNI = "Release istio-cni";
const ISTIOD = "Release istiod";
const INGRESS = "Release istio-ingressgateway";
const EGRESS = "Release istio-egressgateway";
const CERTS = "Release cert-manager";
const SECRETS = "Release external-secrets";
const BALANCER = "Release aws-load-balancer-controller";
const KARPENTER = "Release karpenter";
const FALCO = "Release falco";
const SIDEKICK = "Release falcosidekick";

const TAG = "registry.example.com/pilot:1.30.3";

/** One value of a release flipped, or taken away: then the chart's own default holds. */
const flip = (release: string, path: string, to: unknown, ...fires: string[]): Mutation => [
  release,
  `values.${path}`,
  to,
  fires,
];

/** The same release of another chart, in front of its own values. */
const become = (chart: string, ...fires: string[]): Mutation => [
  KARPENTER,
  "chart",
  `oci://charts.example.com/${chart}`,
  fires,
];

const pins: readonly Mutation[] = [
  [CERTS, "version", "^1.21.0", ["charts-version-pinned"]],
  [CERTS, "version", GONE, ["charts-version-pinned"]],
  [CERTS, "devel", true, ["charts-version-pinned"]],
  [CERTS, "repositoryOpts.repo", "http://charts.example.com", ["charts-source-encrypted"]],
  [CERTS, "postrender", "./patch.sh", ["charts-values-visible"]],
  [CERTS, "reuseValues", true, ["charts-values-visible"]],
  [CERTS, "createNamespace", true, ["charts-namespace-levelled"]],
  become("ingress-nginx", "charts-no-ingress-nginx"),
  become("gatekeeper", "charts-webhooks-closed"),
  become("vault", "charts-vault-encrypted", "charts-webhooks-closed"),
  become("trivy-operator", "charts-trivy-reads-less"),
  flip(ISTIOD, "image", TAG, "charts-images-by-digest"),
  flip(ISTIOD, "global.proxy.image", TAG, "charts-images-by-digest"),
  flip(ISTIOD, "global.proxy_init", GONE, "charts-images-by-digest"),
  flip(CNI, "image", GONE, "charts-images-by-digest"),
  flip(CERTS, "image.digest", GONE, "charts-images-by-digest"),
  flip(CERTS, "webhook.image", GONE, "charts-images-by-digest"),
  flip(CERTS, "cainjector.image", GONE, "charts-images-by-digest"),
  flip(CERTS, "acmesolver", GONE, "charts-images-by-digest"),
  flip(CERTS, "startupapicheck", GONE, "charts-images-by-digest"),
  flip(SECRETS, "image.tag", "v2.9.0", "charts-images-by-digest"),
  flip(SECRETS, "webhook.image", GONE, "charts-images-by-digest"),
  flip(BALANCER, "image.tag", "v3.5.0", "charts-images-by-digest"),
  flip(KARPENTER, "controller.image.digest", GONE, "charts-images-by-digest"),
  flip(FALCO, "image.tag", "0.44.1", "charts-images-by-digest"),
  flip(SIDEKICK, "image.tag", "2.34.1", "charts-images-by-digest"),
];

const mesh: readonly Mutation[] = [
  flip(BASE, "base.validationFailurePolicy", GONE, "charts-istio-validates"),
  flip(BASE, "experimental.stableValidationPolicy", false, "charts-istio-validates"),
  flip(BASE, "global.enableReaderRBAC", GONE, "charts-istio-no-reader"),
  flip(ISTIOD, "base", GONE, "charts-istio-validates"),
  flip(ISTIOD, "experimental", GONE, "charts-istio-validates"),
  flip(ISTIOD, "global.enableReaderRBAC", true, "charts-istio-no-reader"),
  flip(ISTIOD, "seccompProfile", GONE, "charts-istio-seccomp"),
  flip(ISTIOD, "global.proxy.seccompProfile", GONE, "charts-istio-seccomp"),
  flip(CNI, "seccompProfile", GONE, "charts-istio-seccomp"),
  flip(INGRESS, "securityContext.seccompProfile", GONE, "charts-istio-seccomp"),
  flip(EGRESS, "securityContext", GONE, "charts-istio-seccomp"),
  flip(ISTIOD, "meshConfig.outboundTrafficPolicy", GONE, "charts-istio-declared-only"),
  flip(ISTIOD, "meshConfig.outboundTrafficPolicy.mode", "ALLOW_ANY", "charts-istio-declared-only"),
  flip(ISTIOD, "meshConfig.pathNormalization", GONE, "charts-istio-one-path"),
  flip(ISTIOD, "meshConfig.meshMTLS", GONE, "charts-istio-tls"),
  flip(ISTIOD, "meshConfig.accessLogFile", GONE, "charts-istio-access-logged"),
  flip(ISTIOD, "meshConfig.defaultConfig", GONE, "charts-istio-proxy-first"),
  flip(ISTIOD, "env.ENABLE_NATIVE_SIDECARS", "false", "charts-istio-proxy-first"),
  flip(ISTIOD, "env.ENABLE_DEBUG_ON_HTTP", GONE, "charts-istio-no-plain-text"),
  flip(ISTIOD, "extraContainerArgs", GONE, "charts-istio-no-plain-text"),
  flip(ISTIOD, "env.PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER", GONE, "charts-istio-makes-no-workloads"),
  flip(ISTIOD, "cni.enabled", GONE, "charts-istio-plugin"),
  [CNI, "", GONE, ["charts-istio-plugin"]],
  flip(ISTIOD, "revision", "blue", "charts-istio-one-revision"),
  flip(EGRESS, "revision", "blue", "charts-istio-one-revision"),
  [CNI, "version", "1.30.4", ["charts-istio-one-revision"]],
  flip(ISTIOD, "global.proxy.excludeIPRanges", "169.254.0.0/16", "charts-istio-through-proxy"),
  flip(ISTIOD, "global.proxy.includeIPRanges", "10.0.0.0/8", "charts-istio-through-proxy"),
  flip(ISTIOD, "global.networkPolicy.enabled", true, "charts-no-open-policies"),
  flip(CNI, "global.networkPolicy.enabled", true, "charts-no-open-policies"),
  flip(INGRESS, "global.networkPolicy.enabled", true, "charts-no-open-policies"),
  flip(INGRESS, "service.type", GONE, "charts-gateway-inside"),
  flip(EGRESS, "service.type", "LoadBalancer", "charts-gateway-inside"),
  flip(INGRESS, "securityContext.sysctls", GONE, "charts-gateway-can-listen"),
  flip(ISTIOD, "autoscaleMin", GONE, "charts-survive-a-drain"),
  flip(INGRESS, "autoscaling.minReplicas", 1, "charts-survive-a-drain"),
  flip(EGRESS, "podDisruptionBudget", GONE, "charts-survive-a-drain"),
  [CNI, "namespace", "istio-system", ["charts-node-agents-apart"]],
];

const secrets: readonly Mutation[] = [
  flip(CERTS, "crds", GONE, "charts-cert-manager-definitions"),
  flip(CERTS, "crds.keep", false, "charts-cert-manager-definitions"),
  flip(CERTS, "global.leaderElection", GONE, "charts-cert-manager-own-lease"),
  flip(CERTS, "approveSignerNames", [], "charts-cert-manager-approval"),
  flip(CERTS, "config.clusterIssuerAmbientCredentials", GONE, "charts-cert-manager-ambient"),
  flip(CERTS, "global.rbac", GONE, "charts-no-aggregated-rights"),
  flip(CERTS, "networkPolicy.enabled", true, "charts-no-open-policies"),
  flip(CERTS, "webhook.networkPolicy.enabled", true, "charts-no-open-policies"),
  flip(CERTS, "replicaCount", GONE, "charts-survive-a-drain"),
  flip(CERTS, "webhook.replicaCount", 1, "charts-survive-a-drain"),
  flip(CERTS, "cainjector.podDisruptionBudget", GONE, "charts-survive-a-drain"),
  flip(SECRETS, "rbac.serviceAccountTokenCreate", GONE, "charts-external-secrets-no-tokens"),
  flip(SECRETS, "rbac.aggregateToView", GONE, "charts-no-aggregated-rights"),
  flip(SECRETS, "rbac.aggregateToAdmin", true, "charts-no-aggregated-rights"),
  flip(SECRETS, "processPushSecret", GONE, "charts-external-secrets-one-way"),
  flip(SECRETS, "processClusterPushSecret", GONE, "charts-external-secrets-one-way"),
  flip(SECRETS, "processClusterGenerator", true, "charts-external-secrets-one-way"),
  flip(SECRETS, "processClusterExternalSecret", true, "charts-external-secrets-one-way"),
  flip(SECRETS, "leaderElect", GONE, "charts-external-secrets-readers"),
  // The certificate controller would come with its own image, by tag.
  flip(SECRETS, "certController", GONE, "charts-external-secrets-readers", "charts-images-by-digest"),
  flip(SECRETS, "podDisruptionBudget", GONE, "charts-survive-a-drain"),
  flip(SECRETS, "webhook.replicaCount", GONE, "charts-survive-a-drain"),
];

const controllers: readonly Mutation[] = [
  flip(BALANCER, "region", GONE, "charts-no-instance-metadata"),
  flip(BALANCER, "vpcId", GONE, "charts-no-instance-metadata"),
  flip(BALANCER, "enableServiceMutatorWebhook", GONE, "charts-load-balancer-binds-only"),
  flip(BALANCER, "createIngressClassResource", GONE, "charts-load-balancer-binds-only"),
  flip(BALANCER, "disableIngressClassAnnotation", GONE, "charts-load-balancer-binds-only"),
  flip(BALANCER, "controllerConfig", GONE, "charts-load-balancer-binds-only"),
  flip(BALANCER, "controllerConfig.featureGates.ALBGatewayAPI", true, "charts-load-balancer-binds-only"),
  flip(BALANCER, "defaultLoadBalancerScheme", GONE, "charts-load-balancer-defaults"),
  flip(BALANCER, "defaultSSLPolicy", GONE, "charts-load-balancer-defaults"),
  flip(BALANCER, "defaultSSLPolicy", "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", "charts-load-balancer-defaults"),
  flip(BALANCER, "enableCertManager", GONE, "charts-load-balancer-secrets"),
  flip(BALANCER, "clusterSecretsPermissions.allowAllSecrets", true, "charts-load-balancer-secrets"),
  flip(BALANCER, "securityContext", GONE, "charts-pods-restricted"),
  flip(BALANCER, "podSecurityContext.seccompProfile", GONE, "charts-pods-restricted"),
  flip(BALANCER, "podDisruptionBudget", GONE, "charts-survive-a-drain"),
  flip(KARPENTER, "controller.env", GONE, "charts-no-instance-metadata"),
  flip(KARPENTER, "settings.interruptionQueue", "", "charts-karpenter-warned"),
  [KARPENTER, "skipCrds", false, ["charts-karpenter-definitions"]],
  [KARPENTER, "version", "1.14.2", ["charts-karpenter-definitions"]],
  ["Release karpenter-crd", "", GONE, ["charts-karpenter-definitions"]],
];

const watchers: readonly Mutation[] = [
  flip(FALCO, "driver.kind", GONE, "charts-falco-least-privileged"),
  flip(FALCO, "driver.modernEbpf", GONE, "charts-falco-least-privileged"),
  flip(FALCO, "containerSecurityContext", GONE, "charts-falco-least-privileged"),
  flip(FALCO, "containerSecurityContext.privileged", true, "charts-falco-least-privileged"),
  flip(FALCO, "containerSecurityContext.capabilities.add", ["SYS_ADMIN"], "charts-falco-least-privileged"),
  // Rules pulled by name come with the puller's own image, by tag.
  flip(FALCO, "falcoctl.artifact.follow", GONE, "charts-falco-rules-pinned", "charts-images-by-digest"),
  flip(FALCO, "falcoctl.artifact.install", GONE, "charts-falco-rules-pinned", "charts-images-by-digest"),
  flip(FALCO, "falco.json_output", GONE, "charts-falco-heard"),
  flip(FALCO, "falco.http_output", GONE, "charts-falco-heard"),
  flip(FALCO, "falco.http_output.url", "http://falcosidekick.falcosidekick.svc:2801", "charts-falco-heard"),
  flip(FALCO, "falco.http_output.mtls", GONE, "charts-falco-heard"),
  flip(FALCO, "falcosidekick.enabled", true, "charts-node-agents-apart"),
  [FALCO, "namespace", "falcosidekick", ["charts-node-agents-apart"]],
  flip(SIDEKICK, "config.alertmanager", GONE, "charts-falcosidekick-alertmanager"),
  flip(SIDEKICK, "config.tlsserver.mutualtls", GONE, "charts-falcosidekick-known-callers"),
  flip(SIDEKICK, "config.tlsserver", GONE, "charts-falcosidekick-known-callers"),
  flip(SIDEKICK, "securityContext", GONE, "charts-pods-restricted"),
  flip(SIDEKICK, "podSecurityContext", GONE, "charts-pods-restricted"),
];

/** What is flipped in the charts of the production platform. */
export const mutations: readonly Mutation[] = [...pins, ...mesh, ...secrets, ...controllers, ...watchers];
