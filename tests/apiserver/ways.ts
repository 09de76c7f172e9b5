import type { Manifest } from "../../twin/apiserver";

const NAMESPACE = "team-shop";

const make = (
  apiVersion: string,
  kind: string,
  more: object = {},
  namespace: string | undefined = NAMESPACE,
): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "door", namespace },
  ...more,
});
const spec = (apiVersion: string, kind: string, value: object) => make(apiVersion, kind, { spec: value });
const cluster = (apiVersion: string, kind: string, more: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "door" },
  ...more,
});
const BACKEND = { service: { name: "web", port: { number: 8080 } } };
const RULE = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };
const ANYTHING = [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"] }];
const EVERYBODY = { kind: "Group", name: "system:authenticated", apiGroup: "rbac.authorization.k8s.io" };
const ROLE = { kind: "ClusterRole", name: "cluster-admin", apiGroup: "rbac.authorization.k8s.io" };
const webhook = (name: string) => ({
  webhooks: [
    {
      name,
      rules: ANYTHING,
      clientConfig: { url: "https://evil.example.com" },
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
    },
  ],
});

/** Every kind by which traffic could come in or leave that no application writes, and how it would. */
export const WAYS_IN: readonly (readonly [string, Manifest])[] = [
  ["an Ingress", spec("networking.k8s.io/v1", "Ingress", { defaultBackend: BACKEND })],
  [
    "a class of Ingresses",
    cluster("networking.k8s.io/v1", "IngressClass", { spec: { controller: "evil.example.com/a" } }),
  ],
  [
    "parameters of a class",
    cluster("elbv2.k8s.aws/v1beta1", "IngressClassParams", { spec: { scheme: "internet-facing" } }),
  ],
  [
    "a Gateway",
    spec("gateway.networking.k8s.io/v1", "Gateway", {
      gatewayClassName: "alb",
      listeners: [{ name: "a", port: 80, protocol: "HTTP" }],
    }),
  ],
  [
    "a route of a Gateway",
    spec("gateway.networking.k8s.io/v1", "HTTPRoute", { parentRefs: [{ name: "public", namespace: "istio-ingress" }] }),
  ],
  [
    "a gRPC route of a Gateway",
    spec("gateway.networking.k8s.io/v1", "GRPCRoute", { parentRefs: [{ name: "public" }] }),
  ],
  [
    "a binding of targets",
    spec("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", {
      serviceRef: { name: "web", port: 80 },
      targetGroupARN: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/a/0123456789abcdef",
    }),
  ],
  [
    "a load balancer's configuration",
    spec("gateway.k8s.aws/v1", "LoadBalancerConfiguration", { scheme: "internet-facing" }),
  ],
  [
    "a gateway of the mesh",
    spec("networking.istio.io/v1", "Gateway", {
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
    }),
  ],
  [
    "a host outside the mesh",
    spec("networking.istio.io/v1", "ServiceEntry", {
      hosts: ["evil.example.com"],
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
      resolution: "DNS",
    }),
  ],
  ["a workload outside the mesh", spec("networking.istio.io/v1", "WorkloadEntry", { address: "198.51.100.7" })],
  [
    "a way to a host",
    spec("networking.istio.io/v1", "DestinationRule", { host: "web", trafficPolicy: { tls: { mode: "DISABLE" } } }),
  ],
  [
    "an endpoint of a Service",
    make("v1", "Endpoints", { subsets: [{ addresses: [{ ip: "198.51.100.7" }], ports: [{ port: 80 }] }] }),
  ],
  [
    "a slice of endpoints",
    make("discovery.k8s.io/v1", "EndpointSlice", { addressType: "IPv4", endpoints: [{ addresses: ["198.51.100.7"] }] }),
  ],
];

/** What makes a tenant's boundary, or could change who is judged by it. */
export const BOUNDARY: readonly (readonly [string, Manifest])[] = [
  [
    "mutual TLS for whoever likes",
    spec("security.istio.io/v1", "PeerAuthentication", { mtls: { mode: "PERMISSIVE" } }),
  ],
  [
    "whose tokens are believed",
    spec("security.istio.io/v1", "RequestAuthentication", {
      jwtRules: [{ issuer: "evil", jwksUri: "https://evil.example.com" }],
    }),
  ],
  ["a filter of the proxy", spec("networking.istio.io/v1alpha3", "EnvoyFilter", { configPatches: [] })],
  ["what the proxy tells", spec("telemetry.istio.io/v1", "Telemetry", { accessLogging: [{ disabled: true }] })],
  ["a role", make("rbac.authorization.k8s.io/v1", "Role", { rules: [RULE] })],
  ["a binding", make("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: ROLE, subjects: [EVERYBODY] })],
  ["a role of the cluster", cluster("rbac.authorization.k8s.io/v1", "ClusterRole", { rules: [RULE] })],
  [
    "a binding in the cluster",
    cluster("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", { roleRef: ROLE, subjects: [EVERYBODY] }),
  ],
  ["a quota", spec("v1", "ResourceQuota", { hard: { pods: "1000000" } })],
  ["limits", spec("v1", "LimitRange", { limits: [{ type: "Container", max: { memory: "1Ti" } }] })],
  ["a namespace", cluster("v1", "Namespace")],
  [
    "a webhook that changes",
    cluster("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", webhook("a.example.com")),
  ],
  [
    "a webhook that judges",
    cluster("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", webhook("a.example.com")),
  ],
  [
    "a policy of admission",
    cluster("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", {
      spec: { matchConstraints: { resourceRules: ANYTHING }, validations: [{ expression: "true" }] },
    }),
  ],
  ["a policy that changes", cluster("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", { spec: {} })],
  ["a definition of a kind", cluster("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: {} })],
  ["an API of its own", cluster("apiregistration.k8s.io/v1", "APIService", { spec: { insecureSkipTLSVerify: true } })],
  ["a Secret", make("v1", "Secret", { stringData: { a: "b" } })],
  [
    "a store of secrets",
    spec("external-secrets.io/v1", "SecretStore", {
      provider: { aws: { service: "SecretsManager", region: "eu-central-1" } },
    }),
  ],
  ["a store of all secrets", cluster("external-secrets.io/v1", "ClusterSecretStore", { spec: { provider: {} } })],
  ["a pod", spec("v1", "Pod", { containers: [{ name: "a", image: "evil" }] })],
  [
    "a pod on every node",
    spec("apps/v1", "DaemonSet", {
      selector: { matchLabels: { a: "b" } },
      template: { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "a", image: "evil" }] } },
    }),
  ],
  ["a set of pods", spec("apps/v1", "ReplicaSet", { selector: { matchLabels: { a: "b" } } })],
  ["a controller of pods", spec("v1", "ReplicationController", { replicas: 1 })],
  ["a template of pods", make("v1", "PodTemplate")],
  [
    "a volume",
    cluster("v1", "PersistentVolume", {
      spec: { hostPath: { path: "/" }, capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"] },
    }),
  ],
  ["a class of storage", cluster("storage.k8s.io/v1", "StorageClass", { provisioner: "ebs.csi.aws.com" })],
  ["a class of priority", cluster("scheduling.k8s.io/v1", "PriorityClass", { value: 1_000_000 })],
  ["a request for a certificate", cluster("certificates.k8s.io/v1", "CertificateSigningRequest", { spec: {} })],
  [
    "a certificate",
    spec("cert-manager.io/v1", "Certificate", {
      secretName: "a",
      issuerRef: { name: "platform-ca", kind: "ClusterIssuer" },
    }),
  ],
  ["an issuer", spec("cert-manager.io/v1", "Issuer", { selfSigned: {} })],
  ["a node", cluster("v1", "Node")],
  ["a lease", make("coordination.k8s.io/v1", "Lease", {})],
];
