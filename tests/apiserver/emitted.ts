import { ApiObject } from "cdk8s";
import { App, Application, EgressGateway, Mesh, NodeAgent, Tenant, TlsIngress, WebService } from "../../constructs";
import { shop } from "../../examples/shop/shop";
import type { Manifest } from "../../twin/apiserver";
import { CASES, IMAGE } from "../constructs/golden/cases";
import { written } from "../constructs/manifest";
import { application, pay, shop as asked, workload } from "../constructs/mesh/requirements";
import { EMITTED } from "../constructs/persona/emitted";
import { cluster, everybody } from "../constructs/persona/world";
import { twoTenants } from "../constructs/reachability/two-tenants";

/** Objects under a name that says what emits them. */
export type Emitted = readonly [what: string, objects: readonly Manifest[]];

/** Golden manifests of what is the platform's own. */
const SYSTEM = ["system", "platform-issuer", "audit"] as const;

/** What the platform's owners apply, in an order in which it can be applied. */
export const PLATFORM: readonly Emitted[] = [
  ...SYSTEM.map((name): Emitted => [`the golden ${name}`, written(CASES[name]?.() ?? new App())]),
  ["the personas and a tenant where people deploy", cluster("development")],
  ["the personas and a tenant in production", cluster("production")],
  ["a tenant for node agents", written(agents(new App()))],
  [
    "the mesh",
    written(made((app) => new Mesh(app, "mesh", { loadBalancers: ["10.0.0.0/24"], requirements: [asked, pay] }))),
  ],
  [
    "the mesh while its root is exchanged",
    written(
      made(
        (app) =>
          new Mesh(app, "mesh", {
            loadBalancers: ["10.0.0.0/24"],
            requirements: [asked],
            roots: { signing: 2, beside: 1 },
          }),
      ),
    ),
  ],
  [
    "the way out",
    written(
      made(
        (app) =>
          new EgressGateway(app, "egress", { requirements: [asked, pay, application("team-x", workload("y", {}))] }),
      ),
    ),
  ],
  ["two tenants that call each other", twoTenants().flatMap((app) => written(app))],
  ["a load balancer of its own by an Ingress", tlsIngress("ingress")],
  ["a load balancer of its own by the Gateway API", tlsIngress("gateway")],
  ["an agent of every node", written(agent(new App()))],
];

/** What the pipeline of team-shop applies. */
export const APPLICATIONS: readonly Emitted[] = [
  ["the example's shop", written(made(shop))],
  ["an application that uses everything", EMITTED],
  ...Object.entries(CASES)
    .filter(([name]) => !["tenant", "node-agent", ...SYSTEM].includes(name))
    .map(([name, make]): Emitted => [`the golden ${name}`, written(make())]),
];

/** Every admission policy that is emitted anywhere. */
export const POLICIES = PLATFORM.flatMap(([, objects]) => objects).filter(
  ({ kind }) => kind === "ValidatingAdmissionPolicy",
);

function made(declare: (app: App) => unknown): App {
  const app = new App();
  declare(app);
  return app;
}

function agents(app: App): App {
  new Tenant(app, "team-watch", {
    owner: "team-watch@example.com",
    podSecurityVersion: "v1.36",
    podSecurity: { level: "privileged", reason: "a sensor reads what every pod writes to its log" },
    personas: everybody("production"),
    deployer: { group: "oidc:watch-pipeline" },
  });
  return app;
}

function agent(app: App): App {
  const watch = new Application(app, "watch", { tenant: "team-watch", owner: "team-watch@example.com" });
  new NodeAgent(watch, "sensor", {
    image: IMAGE,
    health: { command: ["/bin/alive"] },
    needs: {
      reason: "it reads the node's container logs, which belong to root",
      capabilities: ["DAC_READ_SEARCH"],
      folders: [{ path: "/var/log/pods" }],
    },
  });
  return app;
}

function tlsIngress(through: "ingress" | "gateway"): Manifest[] {
  const site = new Application(new App(), "site", { tenant: "team-shop", owner: "team-shop@example.com" });
  const ingress = new TlsIngress(site, "public", {
    host: "shop.example.com",
    service: new WebService(site, "storefront", { image: IMAGE, port: 8080 }),
    certificate: "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    from: ["192.0.2.0/24"],
    loadBalancers: ["10.0.0.0/24"],
    logs: "example-load-balancer-logs",
    through,
  });
  return ingress.node
    .findAll()
    .filter((node) => node instanceof ApiObject)
    .map((object) => object.toJson() as Manifest);
}
