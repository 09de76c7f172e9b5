import { Mesh, type MeshArgs } from "../../../constructs";
import { INGRESS_GATEWAY } from "../../../constructs/platform";
import { find, render } from "./render";
import { application, pay, shop, workload } from "./requirements";

const mesh = (more: Partial<MeshArgs> = {}) =>
  render((app) => new Mesh(app, "mesh", { loadBalancers: ["10.0.0.0/24"], requirements: [shop, pay], ...more }));

describe("the ingress gateway", () => {
  it("has one server, which ends TLS 1.2 or better with a certificate of its own", () => {
    const [namespace = "", name = ""] = INGRESS_GATEWAY.gateway.split("/");
    const gateway = find(mesh(), "Gateway", name);
    expect(gateway.metadata.namespace).toBe(namespace);
    expect(gateway.spec).toEqual({
      selector: INGRESS_GATEWAY.labels,
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          hosts: ["*/*"],
          tls: { mode: "SIMPLE", credentialName: "public", minProtocolVersion: "TLSV1_2" },
        },
      ],
    });
    expect(find(mesh(), "Certificate", "public").spec).toMatchObject({
      secretName: "public",
      duration: "2160h0m0s",
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { kind: "ClusterIssuer", name: "platform-ca" },
    });
  });

  it("answers the load balancer alone, and only for hosts that were approved", () => {
    expect(find(mesh(), "AuthorizationPolicy", "public").spec).toMatchObject({
      action: "ALLOW",
      rules: [
        {
          from: [{ source: { ipBlocks: ["10.0.0.0/24"] } }],
          to: [{ operation: { ports: ["443"], hosts: ["shop.example.com", "shop.example.com:*"] } }],
        },
      ],
    });
    expect(find(mesh({ requirements: [] }), "AuthorizationPolicy", "public").spec).toMatchObject({ rules: [] });
  });

  it("lets in the load balancer on the port of hosts and of health, and nobody else", () => {
    expect(find(mesh(), "NetworkPolicy", "default-deny").spec).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(find(mesh(), "NetworkPolicy", "allow-load-balancers").spec).toMatchObject({
      ingress: [
        {
          from: [{ ipBlock: { cidr: "10.0.0.0/24" } }],
          ports: [
            { protocol: "TCP", port: 443 },
            { protocol: "TCP", port: 15021 },
          ],
        },
      ],
    });
  });

  it("goes to names, the control plane and workloads with a public name, and nowhere else", () => {
    const policies = mesh().filter(({ kind }) => kind === "NetworkPolicy");
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      "allow-dns",
      "allow-exposed",
      "allow-load-balancers",
      "allow-mesh",
      "default-deny",
    ]);
    expect(find(mesh(), "NetworkPolicy", "allow-exposed").spec).toMatchObject({
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team-shop" } },
              podSelector: { matchLabels: { "app.kubernetes.io/name": "storefront" } },
            },
          ],
        },
      ],
    });
  });

  it("refuses a host that two workloads claim, and names them", () => {
    const thief = application("team-thief", workload("phish", { hosts: ["shop.example.com"] }));
    expect(() => mesh({ requirements: [shop, thief] })).toThrow(
      'host "shop.example.com" leads to one workload, got team-shop/storefront and team-thief/phish; take it out',
    );
  });

  it("refuses wildcards and load balancers that could be anybody", () => {
    const all = application("team-shop", workload("storefront", { hosts: ["*.example.com"] }));
    expect(() => mesh({ requirements: [all] })).toThrow(/must be one full host name.*name each host by itself/);
    for (const cidr of ["0.0.0.0/0", "::/0", "10.0.0.1", "10.0.0.0/33", "internet"]) {
      expect(() => mesh({ loadBalancers: [cidr] })).toThrow(/must be a block of addresses.*write the subnets' blocks/);
    }
  });
});
