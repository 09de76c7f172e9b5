import type { Manifest } from "../admission";
import { emitted } from "./emitted";

const patched = (kind: string, name: string, change: (spec: Record<string, unknown>) => unknown): Manifest => {
  const manifest = structuredClone(emitted(kind, name)) as Manifest & { spec: Record<string, unknown> };
  return { ...manifest, spec: change(manifest.spec) };
};
const network = (change: object) => patched("NetworkPolicy", "web", (spec) => ({ ...spec, ...change }));
export const peer = (one: object) => network({ ingress: [{ from: [one] }] });
export const allows = (change: object) => patched("AuthorizationPolicy", "web", (spec) => ({ ...spec, ...change }));
const from = (source: object) => allows({ rules: [{ from: [{ source }] }] });
export const route = (change: object) => patched("VirtualService", "web", (spec) => ({ ...spec, ...change }));
const proxy = (change: object) => patched("Sidecar", "web", (spec) => ({ ...spec, ...change }));
const service = (change: object) => patched("Service", "web", (spec) => ({ ...spec, ...change }));
const external = (change: object) =>
  patched("ExternalSecret", "orders-db.password", (spec) => ({ ...spec, ...change }));
const named = (namespace: string) => ({ matchLabels: { "kubernetes.io/metadata.name": namespace } });
export const WEB = { matchLabels: { "app.kubernetes.io/name": "web" } };
const STRANGER = "cluster.local/ns/team-pay/sa/ledger";
const LEADS = [{ route: [{ destination: { host: "web.team-shop.svc.cluster.local" } }] }];

interface Template {
  metadata: Record<string, unknown>;
  spec: { containers: Record<string, unknown>[] } & Record<string, unknown>;
}
export function pods(kind: string, name: string, change: (template: Template) => void): Manifest {
  return patched(kind, name, (spec) => {
    const copy = structuredClone(spec) as { template?: Template; jobTemplate?: { spec: { template: Template } } };
    const template = copy.template ?? copy.jobTemplate?.spec.template;
    if (template) change(template);
    return copy;
  });
}
export const marked = (where: "labels" | "annotations", key: string, value: string) => (template: Template) => {
  template.metadata[where] = { ...(template.metadata[where] as object | undefined), [key]: value };
};

/** Every way we know in which an object that a team may write would open a door, and its name. */
export const DOORS: readonly (readonly [string, Manifest])[] = [
  ["a Service of type LoadBalancer", service({ type: "LoadBalancer" })],
  ["a Service of type NodePort", service({ type: "NodePort" })],
  ["a Service of type ExternalName", service({ type: "ExternalName", externalName: "evil.example.com" })],
  ["a Service with a name elsewhere", service({ externalName: "evil.example.com" })],
  ["a Service that takes over addresses", service({ externalIPs: ["10.0.0.1"] })],
  ["a Service that selects nothing", service({ selector: {} })],

  ["a network policy from an ipBlock", peer({ ipBlock: { cidr: "0.0.0.0/0" } })],
  ["a network policy to an ipBlock", network({ egress: [{ to: [{ ipBlock: { cidr: "169.254.169.254/32" } }] }] })],
  ["a network policy from everywhere", network({ ingress: [{}] })],
  ["a network policy from an empty list, which is everywhere", network({ ingress: [{ from: [] }] })],
  ["a network policy to everywhere", network({ egress: [{ ports: [{ port: 443 }] }] })],
  ["a network policy to an empty list, which is everywhere", network({ egress: [{ to: [] }] })],
  ["a network policy from all namespaces", peer({ namespaceSelector: {} })],
  ["a network policy from all namespaces' pods of a name", peer({ namespaceSelector: {}, podSelector: WEB })],
  [
    "a network policy from namespaces by a label that a tenant may share",
    peer({ namespaceSelector: { matchLabels: { "bulwark/environment": "production" } }, podSelector: WEB }),
  ],
  ["a network policy from a whole tenant", peer({ namespaceSelector: named("team-pay") })],
  ["a network policy from all pods of a tenant", peer({ namespaceSelector: named("team-pay"), podSelector: {} })],
  [
    "a network policy from namespaces by an expression",
    peer({
      namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "Exists" }] },
      podSelector: WEB,
    }),
  ],
  ["a network policy that selects all pods", network({ podSelector: {} })],
  ["a network policy without a selector", network({ podSelector: undefined })],
  [
    "a network policy into the system",
    network({
      egress: [{ to: [{ namespaceSelector: named("kube-system"), podSelector: { matchLabels: { a: "b" } } }] }],
    }),
  ],
  ["a second peer that is open", network({ ingress: [{ from: [{ podSelector: WEB }, { namespaceSelector: {} }] }] })],

  ["an ALLOW policy with a rule for anybody", allows({ rules: [{}] })],
  ["an ALLOW policy with an empty from", allows({ rules: [{ from: [] }] })],
  ["an ALLOW policy that says nothing of its action", allows({ action: undefined, rules: [{}] })],
  ["an ALLOW policy with an empty source", from({})],
  ["an ALLOW policy for no principal", from({ principals: [] })],
  ["an ALLOW policy for every principal", from({ principals: ["*"] })],
  ["an ALLOW policy for principals by their beginning", from({ principals: ["cluster.local/ns/team-pay/*"] })],
  ["an ALLOW policy for principals by their end", from({ principals: ["*/sa/ledger"] })],
  ["an ALLOW policy for whatever ends like an identity", from({ principals: [`*${STRANGER}`] })],
  ["an ALLOW policy for whatever begins like an identity", from({ principals: [`${STRANGER}*`] })],
  ["an ALLOW policy for an account of every namespace", from({ principals: ["cluster.local/ns/*/sa/ledger"] })],
  ["an ALLOW policy for an empty principal", from({ principals: [""] })],
  ["an ALLOW policy for namespaces", from({ namespaces: ["*"] })],
  ["an ALLOW policy for addresses", from({ ipBlocks: ["0.0.0.0/0"] })],
  ["an ALLOW policy for everybody but one", from({ notPrincipals: [STRANGER] })],
  ["an ALLOW policy for anybody's token", from({ requestPrincipals: ["*"] })],
  [
    "an ALLOW policy with a second source for anybody",
    allows({ rules: [{ from: [{ source: { principals: [STRANGER] } }, { source: {} }] }] }),
  ],
  ["an authorization policy of another's choice", allows({ action: "CUSTOM", provider: { name: "mine" } })],
  ["an authorization policy for the whole tenant", allows({ selector: undefined })],
  ["an authorization policy with an empty selector", allows({ selector: { matchLabels: {} } })],
  ["an authorization policy for a gateway", allows({ targetRefs: [{ kind: "Gateway", name: "public" }] })],
  ["an authorization policy without anything in it", { ...emitted("AuthorizationPolicy", "web"), spec: {} }],

  ["a route for a host that was not granted", route({ hosts: ["pay.example.com"] })],
  ["a route for a granted host and another", route({ hosts: ["shop.example.com", "pay.example.com"] })],
  ["a route for every host", route({ hosts: ["*"] })],
  ["a route for hosts by their end", route({ hosts: ["*.example.com"] })],
  ["a route for a deeper host", route({ hosts: ["a.shop.example.com"] })],
  ["a route seen by everybody", route({ exportTo: ["*"] })],
  ["a route that says nothing of who sees it", route({ exportTo: undefined })],
  ["a route seen by nobody named", route({ exportTo: [] })],
  ["a route seen by another tenant", route({ exportTo: [".", "team-pay"] })],
  ["a route of a gateway elsewhere", route({ gateways: ["team-shop/own"] })],
  ["a route of the egress gateway", route({ gateways: ["istio-egress/egress"] })],
  ["a mesh route that the ingress sees", route({ gateways: ["mesh"], hosts: ["pay.example.com"] })],
  [
    "a route to another tenant's service",
    route({ http: [{ route: [{ destination: { host: "ledger.team-pay.svc.cluster.local" } }] }] }),
  ],
  ["a route to a name that is completed elsewhere", route({ http: [{ route: [{ destination: { host: "web" } }] }] })],
  ["a route by delegate", route({ http: [{ delegate: { name: "r", namespace: "team-pay" } }] })],
  ["a route with a mirror", route({ http: [{ ...LEADS[0], mirror: { host: "ledger.team-pay.svc.cluster.local" } }] })],
  ["a route with mirrors", route({ http: [{ ...LEADS[0], mirrors: [] }] })],
  ["a route of bare TCP", route({ tcp: LEADS })],
  [
    "a route of TLS that is passed through",
    route({ tls: [{ match: [{ sniHosts: ["shop.example.com"] }], ...LEADS[0] }] }),
  ],

  ["a Sidecar for the whole tenant", proxy({ workloadSelector: undefined })],
  ["a Sidecar that lets everything out", proxy({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } })],
  ["a Sidecar that says nothing of what goes out", proxy({ outboundTrafficPolicy: undefined })],
  [
    "a Sidecar with a way out of its own",
    proxy({ outboundTrafficPolicy: { mode: "REGISTRY_ONLY", egressProxy: { host: "evil.example.com" } } }),
  ],
  ["a Sidecar that ends mutual TLS", proxy({ ingress: [{ port: { number: 8080 }, tls: { mode: "SIMPLE" } }] })],
  ["a Sidecar that captures nothing", proxy({ egress: [{ captureMode: "NONE", hosts: ["./*"] }] })],
  ["a Sidecar that sees all namespaces", proxy({ egress: [{ hosts: ["*/*"] }] })],

  [
    "a secret from a store of the cluster",
    external({ secretStoreRef: { kind: "ClusterSecretStore", name: "tenant" } }),
  ],
  ["a secret from another store", external({ secretStoreRef: { kind: "SecretStore", name: "other" } })],
  ["a secret from no store", external({ secretStoreRef: undefined })],
  [
    "a value from another store",
    external({ data: [{ secretKey: "a", remoteRef: { key: "a" }, sourceRef: { storeRef: { name: "other" } } }] }),
  ],
  [
    "values that a generator makes",
    external({ dataFrom: [{ sourceRef: { generatorRef: { kind: "ECRAuthorizationToken", name: "token" } } }] }),
  ],
  [
    "a token of a service account",
    external({
      target: {
        template: {
          type: "kubernetes.io/service-account-token",
          metadata: { annotations: { "kubernetes.io/service-account.name": "web" } },
        },
      },
    }),
  ],
  ["another kind made of a secret", external({ target: { manifest: { apiVersion: "v1", kind: "ConfigMap" } } })],
  ["a Secret that something else made", external({ target: { name: "orders-db.password", creationPolicy: "Merge" } })],

  ...(
    [
      ["Deployment", "web"],
      ["StatefulSet", "orders-db"],
      ["Job", "migrate"],
      ["CronJob", "report"],
    ] as const
  ).map(
    ([kind, name]) =>
      [
        `pods of a ${kind} outside the mesh`,
        pods(kind, name, marked("labels", "sidecar.istio.io/inject", "false")),
      ] as const,
  ),
  [
    "pods outside the mesh by annotation",
    pods("Deployment", "web", marked("annotations", "sidecar.istio.io/inject", "false")),
  ],
  [
    "pods with a way past the proxy",
    pods("Deployment", "web", marked("annotations", "traffic.sidecar.istio.io/excludeOutboundIPRanges", "0.0.0.0/0")),
  ],
  [
    "pods with ports past the proxy",
    pods("Deployment", "web", marked("annotations", "traffic.sidecar.istio.io/excludeInboundPorts", "8080")),
  ],
  [
    "pods with a proxy of their own",
    pods("Deployment", "web", marked("annotations", "sidecar.istio.io/proxyImage", "evil")),
  ],
  [
    "pods with a template of a gateway",
    pods("Deployment", "web", marked("annotations", "inject.istio.io/templates", "gateway")),
  ],
  ["pods of another mesh", pods("Deployment", "web", marked("labels", "istio.io/rev", "old"))],
  ["pods without capture", pods("Deployment", "web", marked("labels", "istio.io/dataplane-mode", "none"))],
  [
    "a container merged over the proxy",
    pods("Deployment", "web", ({ spec }) => spec.containers.push({ name: "istio-proxy", image: "evil" })),
  ],
  [
    "an init container merged over the mesh's",
    pods("Deployment", "web", ({ spec }) => (spec["initContainers"] = [{ name: "istio-init", image: "evil" }])),
  ],
  [
    "pods that run as the proxy",
    pods("Deployment", "web", ({ spec }) => (spec["securityContext"] = { runAsUser: 1337 })),
  ],
  [
    "a container that runs as the proxy's group",
    pods("Deployment", "web", ({ spec }) =>
      spec.containers.push({ name: "a", image: "a", securityContext: { runAsGroup: 1337 } }),
    ),
  ],
];
