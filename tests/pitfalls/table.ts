import { DNS, POD_IDENTITY_AGENT } from "../../constructs/platform";
import { written } from "../constructs/manifest";
import { twoTenants } from "../constructs/reachability/two-tenants";
import { World } from "../constructs/reachability/world";
import { system as controllers } from "../constructs/system/program";
import { previewed, blueprintWith } from "../nodes/program";
import { asItem, confined, ingress, platform, shopObjects } from "./emitted";
import type { Pitfall } from "./row";
import { movable, uses } from "./workflows";

/** How many pitfalls are known. */
export const KNOWN = 27;

/** The pitfalls of EKS, its add-ons and its neighbours that are kept from us, by their number. */
export const PITFALLS: readonly Pitfall[] = [
  {
    number: 1,
    sentence: "an AppArmor profile on a node that is not Ubuntu: the kubelet refuses the pod",
    controls: ["pods-apparmor-on-ubuntu", "nodes-image-family", "karpenter-image-family"],
    ours: confined,
    holds: async () => {
      for (const os of ["bottlerocket", "al2023"]) {
        const groups = (await previewed(blueprintWith({ pools: { system: { os } } }))).filter(({ type }) =>
          type.endsWith(":NodeGroup"),
        );
        expect(groups).toMatchObject([{ inputs: { labels: { "bulwark/image-family": os } } }]);
      }
    },
  },
  {
    number: 2,
    sentence:
      "`certificateRefs` on a Gateway of the AWS Load Balancer Controller: it reads certificates from ACM alone",
    controls: ["gateway-certificate-from-acm"],
    ours: () => ingress("gateway"),
  },
  {
    number: 3,
    sentence: "`ssl-policy` left out: the load balancer speaks the TLS of 2016",
    controls: ["ingress-tls-policy", "edge-tls-policy"],
    ours: () => ingress("ingress"),
  },
  {
    number: 4,
    sentence: "`inbound-cidrs` left out: everybody may call",
    controls: ["ingress-callers-named"],
    ours: () => ingress("ingress"),
  },
  {
    number: 5,
    sentence: "no web ACL on a load balancer that faces the internet",
    controls: ["ingress-web-acl", "edge-waf-associated"],
    ours: () => ingress("ingress"),
  },
  {
    number: 6,
    sentence: "falcosidekick's chart sends alerts to an API that Alertmanager has taken away",
    controls: ["charts-falcosidekick-alertmanager"],
    ours: platform,
  },
  {
    number: 7,
    sentence: "default deny without a way to names, to the API server and to the Pod Identity agent",
    holds: () => {
      const world = new World(twoTenants().flatMap(written));
      const dns = world.place(DNS.namespace, DNS.labels, "10.20.200.3");
      const agent = { address: POD_IDENTITY_AGENT.cidr.split("/")[0] ?? "" };
      for (const { end } of world.places) expect(world.connects(end, dns, DNS.port, "UDP")).toBe(true);
      const deny = world.places.filter(({ end }) => !world.connects(end, { address: "203.0.113.9" }, 443));
      expect(deny).toHaveLength(world.places.length);
      const helped = world.places.filter(({ end }) => world.connects(end, agent, POD_IDENTITY_AGENT.port));
      expect(helped.map(({ name }) => name)).toEqual(["night"]);

      const system = new World(controllers());
      const secrets = system.place("external-secrets", { "app.kubernetes.io/name": "external-secrets" }, "10.20.1.1");
      const names = system.place(DNS.namespace, DNS.labels, "10.20.1.2");
      expect(system.connects(secrets, names, DNS.port, "UDP")).toBe(true);
      expect(system.connects(secrets, { address: "10.20.240.7" }, 443)).toBe(true);
      expect(system.connects(secrets, agent, POD_IDENTITY_AGENT.port)).toBe(true);
      expect(system.connects(secrets, { address: "203.0.113.9" }, 443)).toBe(false);
    },
  },
  {
    number: 8,
    sentence:
      "the enforcing mode `standard` because nobody said otherwise: a new pod talks to everybody until its policies arrive",
    controls: ["addons-enforcing-mode-said"],
  },
  {
    number: 9,
    sentence: "RUNTIME_MONITORING and EKS_RUNTIME_MONITORING together: GuardDuty refuses the second",
    controls: ["detection-one-runtime-monitor"],
  },
  {
    number: 10,
    sentence: "a ClusterPolicy of kyverno.io/v1: the kind goes away, and what it refused passes",
    controls: ["kyverno-lasting-kinds"],
  },
  {
    number: 11,
    sentence: "Gatekeeper's webhook that ignores its own failure",
    controls: ["webhook-fails-closed", "charts-webhooks-closed"],
    ours: platform,
  },
  {
    number: 12,
    sentence: "Vault without TLS, or with an injector that ignores its own failure",
    controls: ["charts-vault-encrypted", "charts-webhooks-closed"],
    ours: platform,
  },
  {
    number: 13,
    sentence: "kube-bench by an old benchmark, or without the right to read what it judges",
    controls: ["audit-benchmark-current", "audit-rights"],
    ours: platform,
  },
  {
    number: 14,
    sentence: "a scanner's action or image by a tag, which whoever may push can move",
    controls: ["pods-image-by-digest", "charts-images-by-digest"],
    ours: async () => [...shopObjects(), ...(await platform())],
    holds: () => {
      expect(movable()).toEqual([]);
      expect(uses("steps:\n  - uses: aquasecurity/trivy-action@0.28.0\n")).toEqual([
        "aquasecurity/trivy-action@0.28.0",
      ]);
    },
  },
  {
    number: 15,
    sentence: "an ExternalSecret of v1beta1, which is served no more",
    controls: ["external-secret-served-version"],
    ours: async () => [...shopObjects(), ...(await platform())],
  },
  {
    number: 16,
    sentence: "Istio's pods without a seccomp profile in restricted namespaces",
    controls: ["charts-istio-seccomp"],
    ours: platform,
  },
  {
    number: 17,
    sentence: "a NetworkPolicy of the ambient mesh without port 15008 or 169.254.7.127",
    controls: ["mesh-ambient-admitted"],
    ours: () => twoTenants().flatMap(written).map(asItem),
  },
  {
    number: 18,
    sentence: "an image alias `@latest`: an unread release replaces every node",
    controls: ["karpenter-image-release-pinned"],
    ours: platform,
  },
  {
    number: 19,
    sentence:
      "`expireAfter` without terminationGracePeriod: expiry asks no budget, and a pod that never leaves keeps its node",
    controls: ["karpenter-expiry-bounded"],
    ours: platform,
  },
  {
    number: 20,
    sentence: "the kernel's lockdown `confidentiality`, which blinds Falco",
    controls: ["user-data-kernel-lockdown"],
  },
  {
    number: 21,
    sentence: "the creator stays an administrator, or access is not by access entries alone",
    controls: ["cluster-creator-not-admin", "cluster-access-entries"],
  },
  {
    number: 22,
    sentence: "TLS_RSA suites on Amazon Linux 2023",
    controls: ["user-data-kubelet-ciphers"],
  },
  {
    number: 23,
    sentence: "the load balancer controller without vpcId, where pods cannot reach the instance metadata",
    controls: ["charts-no-instance-metadata"],
    ours: platform,
  },
  {
    number: 24,
    sentence: "`hostUsers: false` on Bottlerocket, whose kernel makes no user namespaces",
    controls: ["pods-user-namespace-possible"],
    ours: confined,
  },
  {
    number: 25,
    sentence: "two engines that enforce network policies",
    controls: ["addons-one-policy-engine"],
    ours: platform,
  },
  {
    number: 26,
    sentence: "the field names of one ClusterNetworkPolicy in the other",
    controls: ["network-cluster-policy-dialect"],
    ours: platform,
  },
  {
    number: 27,
    sentence: "ingress-nginx anywhere",
    controls: ["ingress-no-nginx", "charts-no-ingress-nginx"],
    ours: async () => [...ingress("ingress"), ...(await platform())],
  },
];
