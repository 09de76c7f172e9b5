import { ApiObject } from "cdk8s";
import {
  App,
  Application,
  EGRESS_GATEWAY_VALUES,
  EgressGateway,
  INGRESS_GATEWAY_VALUES,
  Mesh,
  WebService,
} from "../../../constructs";
import type { Resource } from "./definitions";
import { find } from "./render";

const IMAGE = `registry.example.com/shop@sha256:${"a".repeat(64)}`;

/** An application and what the platform writes from its requirements, each object as it is written. */
function halves() {
  const app = new App();
  const shop = new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  const web = new WebService(shop, "storefront", { image: IMAGE, port: 8080, host: "shop.example.com" });
  web.reaches("api.stripe.com");
  const { requirements } = app;
  return {
    theirs: written(shop),
    egress: written(new EgressGateway(app, "egress", { requirements })),
    mesh: written(new Mesh(app, "mesh", { requirements, loadBalancers: ["10.0.0.0/24"] })),
  };
}

describe("the two halves of a flow through a gateway", () => {
  const { theirs, egress, mesh } = halves();

  it("agree on what the sidecar sees of the way out", () => {
    const seen = (find(theirs, "Sidecar", "storefront").spec?.["egress"] as { hosts: string[] }[])[0]?.hosts ?? [];
    const shown = egress
      .filter(({ kind }) => kind === "ServiceEntry")
      .filter(({ spec }) => (spec?.["exportTo"] as string[]).includes("team-shop"))
      .flatMap(({ metadata, spec }) =>
        (spec?.["hosts"] as string[]).map((host) => `${metadata.namespace ?? ""}/${host}`),
      );
    expect(seen.filter((host) => !host.startsWith("istio-system/"))).toEqual(shown);
  });

  it("agree on the pods and the port of the way out", () => {
    const [out] = egressOf(find(theirs, "NetworkPolicy", "storefront"));
    const [into] = ingressOf(find(egress, "NetworkPolicy", "allow-callers"));
    expect(out?.to).toEqual([podsOf("istio-egress", EGRESS_GATEWAY_VALUES.labels)]);
    expect(into?.from).toEqual([podsOf("team-shop", { "app.kubernetes.io/name": "storefront" })]);
    expect(out?.ports).toEqual(into?.ports);
    expect(EGRESS_GATEWAY_VALUES.service.ports.map(({ targetPort }) => targetPort)).toContain(into?.ports[0]?.port);
  });

  it("agree on the identity at the way in", () => {
    const [rule] = find(theirs, "AuthorizationPolicy", "storefront").spec?.["rules"] as {
      from: { source: { principals: string[] } }[];
    }[];
    expect(rule?.from[0]?.source.principals).toEqual([
      `cluster.local/ns/istio-ingress/sa/${INGRESS_GATEWAY_VALUES.serviceAccount.name}`,
    ]);
  });

  it("agree on the gateway and the host at the way in", () => {
    const { metadata } = find(mesh, "Gateway", "public");
    const route = find(theirs, "VirtualService", "storefront").spec;
    expect(route?.["gateways"]).toEqual([`${metadata.namespace ?? ""}/${metadata.name}`]);
    const allowed = JSON.stringify(find(mesh, "AuthorizationPolicy", "public").spec);
    for (const host of route?.["hosts"] as string[]) expect(allowed).toContain(`"${host}"`);
  });

  it("agree on the pods at the way in", () => {
    const [out] = egressOf(find(mesh, "NetworkPolicy", "allow-exposed"));
    const [into] = ingressOf(find(theirs, "NetworkPolicy", "storefront"));
    expect(out?.to).toEqual([podsOf("team-shop", { "app.kubernetes.io/name": "storefront" })]);
    expect(into?.from).toEqual([podsOf("istio-ingress", INGRESS_GATEWAY_VALUES.labels)]);
    const { port = 0, endPort = 0 } = out?.ports[0] ?? {};
    expect(into?.ports.every((each) => each.port >= port && each.port <= endPort)).toBe(true);
  });
});

interface Rule {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly ports: readonly { readonly port: number; readonly endPort?: number }[];
}

function egressOf({ spec }: Resource): readonly Rule[] {
  return spec?.["egress"] as Rule[];
}

function ingressOf({ spec }: Resource): readonly Rule[] {
  return spec?.["ingress"] as Rule[];
}

function podsOf(namespace: string, labels: object): object {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: labels },
  };
}

function written(chart: Application | EgressGateway | Mesh): Resource[] {
  const objects = chart.node.findAll().filter((node) => node instanceof ApiObject);
  return objects.map((object) => object.toJson() as Resource);
}
