import { EgressGateway, type EgressGatewayArgs, type Requirements } from "../../../constructs";
import { custom, present, refusals, type Resource } from "./definitions";
import { find, render } from "./render";
import { application, pay, shop, workload } from "./requirements";

const STRIPE = "api.stripe.com";

const egress = (requirements: readonly Requirements[] = [shop, pay], more: Partial<EgressGatewayArgs> = {}) =>
  render((app) => new EgressGateway(app, "egress", { requirements, ...more }));

const of = (host: string, kind: string, all = egress()) =>
  all.filter((each) => each.kind === kind && JSON.stringify(each.spec).includes(`"${host}"`));

describe("EgressGateway", () => {
  it("is what was reviewed", () => {
    expect(egress()).toMatchSnapshot();
  });

  it("is the same when it is written twice, and whatever comes first", () => {
    expect(JSON.stringify(egress([pay, shop]))).toBe(JSON.stringify(egress([shop, pay])));
  });

  (present ? it : it.skip)("is valid by the schemas of the projects that read it", () => {
    expect(egress().filter(custom).flatMap(refusals)).toEqual([]);
  });

  it("shows a host to the gateway and to the tenants that asked, and to nobody else", () => {
    expect(of(STRIPE, "ServiceEntry").map(({ spec }) => spec)).toEqual([
      {
        hosts: [STRIPE],
        location: "MESH_EXTERNAL",
        ports: [{ number: 443, name: "tls", protocol: "TLS" }],
        resolution: "DNS",
        exportTo: ["istio-egress", "team-pay", "team-shop"],
      },
    ]);
    expect(of("api.mail.example.net", "ServiceEntry")[0]?.spec).toMatchObject({
      exportTo: ["istio-egress", "team-shop"],
    });
  });

  it("leads a host from the sidecar to the gateway by mutual TLS under the host's name, and from there to the host", () => {
    const subset = of(STRIPE, "Gateway")[0]?.metadata.name ?? "";
    const gateway = `istio-egress/${subset}`;
    const service = "istio-egressgateway.istio-egress.svc.cluster.local";
    expect(find(egress(), "Gateway", subset).spec).toMatchObject({
      selector: { istio: "egressgateway" },
      servers: [{ port: { number: 8443, protocol: "TLS" }, hosts: [STRIPE], tls: { mode: "ISTIO_MUTUAL" } }],
    });
    expect(find(egress(), "VirtualService", `${subset}-in`).spec).toEqual({
      hosts: [STRIPE],
      gateways: ["mesh"],
      exportTo: ["team-pay", "team-shop"],
      tls: [
        {
          match: [{ gateways: ["mesh"], port: 443, sniHosts: [STRIPE] }],
          route: [{ destination: { host: service, subset, port: { number: 8443 } } }],
        },
      ],
    });
    expect(find(egress(), "VirtualService", `${subset}-out`).spec).toEqual({
      hosts: [STRIPE],
      gateways: [gateway],
      exportTo: ["istio-egress"],
      tcp: [
        {
          match: [{ gateways: [gateway], port: 8443 }],
          route: [{ destination: { host: STRIPE, port: { number: 443 } } }],
        },
      ],
    });
  });

  it("shows each tenant one rule for the gateway, with a name for each host that it asked for", () => {
    const rules = egress().filter(({ kind }) => kind === "DestinationRule");
    expect(rules.map(({ spec }) => [spec?.exportTo, snis(spec)])).toEqual([
      [["team-pay"], [STRIPE]],
      [["team-shop"], ["api.mail.example.net", STRIPE]],
    ]);
  });

  it("admits a workload for a host that was approved for it, and nobody for anything else", () => {
    expect(find(egress(), "AuthorizationPolicy", "allow-nothing").spec).toEqual({});
    const [policy] = of(STRIPE, "AuthorizationPolicy");
    expect(policy?.spec).toEqual({
      action: "ALLOW",
      selector: { matchLabels: { istio: "egressgateway" } },
      rules: [
        {
          from: [
            {
              source: {
                principals: ["cluster.local/ns/team-pay/sa/payments", "cluster.local/ns/team-shop/sa/storefront"],
              },
            },
          ],
          to: [{ operation: { ports: ["8443"] } }],
          when: [{ key: "connection.sni", values: [STRIPE] }],
        },
      ],
    });
  });

  it("revokes what is taken out of the requirements, object by object", () => {
    const before = egress([shop, pay]);
    const after = egress([pay]);
    expect(JSON.stringify(after)).not.toMatch(/team-shop|mail\.example/);
    expect(names(before).filter((name) => !names(after).includes(name)).length).toBeGreaterThan(5);
    expect(names(egress([]))).toEqual(BOUNDARY);
  });

  it("lets in the pods of workloads that asked, on the gateway's port", () => {
    const rules = find(egress(), "NetworkPolicy", "allow-callers").spec?.ingress as readonly object[];
    expect(rules).toHaveLength(3);
    expect(rules[0]).toEqual({
      from: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team-pay" } },
          podSelector: { matchLabels: { "app.kubernetes.io/name": "payments" } },
        },
      ],
      ports: [{ protocol: "TCP", port: 8443 }],
    });
  });

  it("lets its own pods dial the internet, and no address that is nearer", () => {
    const policy = find(
      egress([pay], { network: ["2600:1f14::/35", "10.0.0.0/16"] }),
      "NetworkPolicy",
      "allow-internet",
    );
    expect(policy.spec).toMatchObject({
      podSelector: { matchLabels: { istio: "egressgateway" } },
      egress: [
        {
          to: [
            {
              ipBlock: {
                cidr: "0.0.0.0/0",
                except: expect.arrayContaining(["10.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10"]) as string[],
              },
            },
            { ipBlock: { cidr: "2000::/3", except: ["2600:1f14::/35"] } },
          ],
          ports: [{ protocol: "TCP", port: 443 }],
        },
      ],
    });
    expect(find(egress([]), "NetworkPolicy", "allow-internet").spec).toMatchObject({ egress: [] });
  });

  it("gives two hosts two names even where dots are all that tells them apart", () => {
    const twins = application("team-pay", workload("payments", { reaches: ["a.b.example.com", "a-b.example.com"] }));
    const gateways = egress([twins]).filter(({ kind }) => kind === "Gateway");
    expect(new Set(gateways.map(({ metadata }) => metadata.name)).size).toBe(2);
  });

  it("refuses hosts that are more than one name, and names that are none", () => {
    for (const reached of ["*.stripe.com", "10.0.0.1", "https://api.stripe.com", "localhost"]) {
      const asking = application("team-pay", workload("payments", { reaches: [reached] }));
      expect(() => egress([asking])).toThrow(/a host in the requirements must be one full host name.*name each host/);
    }
    expect(() => egress([{ ...pay, tenant: "*" }])).toThrow(/a tenant in the requirements must be/);
  });
});

const BOUNDARY = [
  "AuthorizationPolicy/allow-nothing",
  "NetworkPolicy/allow-callers",
  "NetworkPolicy/allow-dns",
  "NetworkPolicy/allow-internet",
  "NetworkPolicy/allow-mesh",
  "NetworkPolicy/default-deny",
];

function names(resources: readonly Resource[]): string[] {
  return resources.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
}

function snis(spec: Resource["spec"]): string[] {
  const subsets = spec?.subsets as readonly { trafficPolicy: { tls: { mode: string; sni: string } } }[];
  return subsets.map(({ trafficPolicy: { tls } }) => (tls.mode === "ISTIO_MUTUAL" ? tls.sni : tls.mode));
}
