import type { End } from "../reachability/network";
import { World } from "../reachability/world";
import { platform } from "./program";

const world = new World(platform());
let host = 0;
const pod = (namespace: string, labels: Readonly<Record<string, string>>): End =>
  world.place(namespace, labels, `10.20.1.${++host}`);
const named = (namespace: string, name: string): End => pod(namespace, { "app.kubernetes.io/name": name });

/** Pods as the pinned charts and the add-ons label them. */
const PODS: Readonly<Record<string, End>> = {
  coredns: pod("kube-system", { "k8s-app": "kube-dns" }),
  "metrics-server": named("kube-system", "metrics-server"),
  "ebs-csi-controller": pod("kube-system", {
    app: "ebs-csi-controller",
    "app.kubernetes.io/name": "aws-ebs-csi-driver",
  }),
  "ebs-csi-node": pod("kube-system", { app: "ebs-csi-node", "app.kubernetes.io/name": "aws-ebs-csi-driver" }),
  "dcgm-server": pod("kube-system", { "k8s-app": "dcgm-server" }),
  istiod: pod("istio-system", { app: "istiod" }),
  "istio-cni": pod("istio-cni", { "k8s-app": "istio-cni-node" }),
  "ingress gateway": pod("istio-ingress", { istio: "ingressgateway" }),
  "egress gateway": pod("istio-egress", { istio: "egressgateway" }),
  "cert-manager": named("cert-manager", "cert-manager"),
  "cert-manager webhook": named("cert-manager", "webhook"),
  cainjector: named("cert-manager", "cainjector"),
  "external-secrets": named("external-secrets", "external-secrets"),
  "external-secrets webhook": named("external-secrets", "external-secrets-webhook"),
  "load balancer controller": named("aws-load-balancer-controller", "aws-load-balancer-controller"),
  karpenter: named("karpenter", "karpenter"),
  falco: named("falco", "falco"),
  falcosidekick: named("falcosidekick", "falcosidekick"),
  "kube-bench": named("audit", "kube-bench"),
  "a stray pod beside the add-ons": pod("kube-system", { app: "stray" }),
  "a stray pod in default": pod("default", { app: "stray" }),
  "a tenant's server": pod("team-shop", {
    "app.kubernetes.io/name": "storefront",
    "app.kubernetes.io/part-of": "shop",
  }),
};

const ADDRESSES: Readonly<Record<string, End>> = {
  "control plane": { address: "10.20.240.17" },
  "API service": { address: "172.20.0.1" },
  "another service": { address: "172.20.7.7" },
  "node or endpoint": { address: "10.20.65.9" },
  "VPC resolver": { address: "10.20.0.2" },
  "link-local resolver": { address: "169.254.169.253" },
  "Pod Identity agent": { address: "169.254.170.23" },
  metadata: { address: "169.254.169.254" },
  "metadata over IPv6": { address: "fd00:ec2::254" },
  "load balancer": { address: "10.20.224.9" },
  internet: { address: "203.0.113.9" },
};

const ALL = { ...PODS, ...ADDRESSES };
const PORTS = [
  22, 53, 80, 443, 2801, 6443, 8080, 8443, 8765, 9090, 9153, 9402, 9443, 10_250, 10_251, 10_255, 15_010, 15_012, 15_014,
  15_017, 15_021, 61_779,
];

const API = ["control plane:443", "API service:443"];
const NAMES = ["coredns:53", "coredns:53/UDP"];
const AWS = ["Pod Identity agent:80", "node or endpoint:443"];

/** What each pod needs by the documentation of its chart, and nothing else. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  "control plane": [
    "istiod:15017",
    "load balancer controller:9443",
    "cert-manager webhook:10250",
    "external-secrets webhook:10250",
    "metrics-server:10251",
  ],
  coredns: [
    ...API,
    ...["VPC resolver:53", "VPC resolver:53/UDP", "link-local resolver:53", "link-local resolver:53/UDP"],
  ],
  "metrics-server": [...API, ...NAMES, "node or endpoint:10250", "VPC resolver:10250"],
  "ebs-csi-controller": [...API, ...NAMES, ...AWS],
  "ebs-csi-node": [...API, ...NAMES],
  istiod: [...API, ...NAMES],
  "istio-cni": [...API, ...NAMES],
  "ingress gateway": [...NAMES, "istiod:15012"],
  "egress gateway": [...NAMES, "istiod:15012"],
  "cert-manager": [...API, ...NAMES],
  "cert-manager webhook": [...API, ...NAMES],
  cainjector: [...API, ...NAMES],
  "external-secrets": [...API, ...NAMES, ...AWS],
  "external-secrets webhook": [],
  "load balancer controller": [...API, ...NAMES, ...AWS],
  karpenter: [...API, ...NAMES, ...AWS],
  falco: [...NAMES, "falcosidekick:2801"],
  falcosidekick: [...NAMES, ...AWS],
  "kube-bench": [...API, ...NAMES],
  "a tenant's server": [...NAMES, "istiod:15012"],
  "load balancer": ["ingress gateway:443", "ingress gateway:15021"],
};

/** The resolver's address lies in the blocks of nodes and endpoints, so who may go there may knock at it too. */
const SHARED = "VPC resolver:443";

/** Everything that the written policies let pass out of one end, between different ends. */
function reached(name: string, from: End): string[] {
  return Object.entries(ALL)
    .filter(([other, to]) => other !== name && (from.pod !== undefined || to.pod !== undefined))
    .flatMap(([other, to]) =>
      PORTS.flatMap((port) =>
        (["TCP", "UDP"] as const)
          .filter((protocol) => world.connects(from, to, port, protocol))
          .map((protocol) => `${other}:${port}${protocol === "UDP" ? "/UDP" : ""}`),
      ),
    )
    .filter((way) => way !== SHARED)
    .sort();
}

describe("the platform's own pods, by the written policies", () => {
  it.each(Object.keys(ALL))("%s reaches exactly what it needs", (name) => {
    const from = ALL[name];
    expect(from && reached(name, from)).toEqual([...(NEEDS[name] ?? [])].sort());
  });
});
