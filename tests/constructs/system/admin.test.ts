import { adminVerdict } from "../reachability/admin";
import type { End } from "../reachability/network";
import { World } from "../reachability/world";
import { platform } from "./program";

const manifests = platform();
const world = new World([
  ...manifests,
  // What admission would refuse, were it there: a tenant that opens everything for itself.
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "anything", namespace: "team-shop" },
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
  },
]);
const tenant = world.place("team-shop", { "app.kubernetes.io/name": "storefront" }, "10.20.1.1");
const system = (namespace: string, labels: Readonly<Record<string, string>>) =>
  world.place(namespace, labels, "10.20.80.80");
const verdict = (to: End, port: number, from = tenant) => adminVerdict(manifests, { from, to, port });

describe("a tenant that opens everything for itself", () => {
  it.each<[string, End, number]>([
    ["instance metadata", { address: "169.254.169.254" }, 80],
    ["instance metadata over IPv6", { address: "fd00:ec2::254" }, 80],
    ["a kubelet", { address: "10.20.65.9" }, 10_250],
    ["a kubelet without authentication", { address: "10.20.65.9" }, 10_255],
    ["the mesh's webhooks", system("istio-system", { app: "istiod" }), 15_017],
    ["the load balancer controller's", named("aws-load-balancer-controller"), 9443],
    ["cert-manager's", system("cert-manager", { "app.kubernetes.io/name": "webhook" }), 10_250],
    ["external-secrets'", named("external-secrets"), 10_250],
    ["the metrics API", system("kube-system", { "app.kubernetes.io/name": "metrics-server" }), 10_251],
    ["the internet", { address: "203.0.113.9" }, 443],
    ["the internet over IPv6", { address: "2001:db8::9" }, 443],
  ])("still does not reach %s", (_, to, port) => {
    expect(world.connects(tenant, { address: to.address }, port)).toBe(true);
    expect(verdict(to, port)).toBe("Deny");
  });

  it.each<[string, End, number]>([
    ["names", system("kube-system", { "k8s-app": "kube-dns" }), 53],
    ["the mesh's control plane", system("istio-system", { app: "istiod" }), 15_012],
    ["the egress gateway", system("istio-egress", { istio: "egressgateway" }), 8443],
    ["other pods", system("team-shop", { app: "orders" }), 5432],
    ["endpoints of AWS", { address: "10.20.65.9" }, 443],
    ["services", { address: "172.20.3.4" }, 443],
    ["the agent that hands out roles", { address: "169.254.170.23" }, 80],
  ])("is left to the tenant's own policies for %s", (_, to, port) => {
    expect(verdict(to, port)).toBe("Pass");
  });

  it("says nothing of the platform's own pods, whose gateway must get out", () => {
    expect(
      verdict({ address: "203.0.113.9" }, 443, system("istio-egress", { istio: "egressgateway" })),
    ).toBeUndefined();
  });
});

function named(namespace: string): End {
  return system(namespace, {
    "app.kubernetes.io/name": namespace === "external-secrets" ? "external-secrets-webhook" : namespace,
  });
}
