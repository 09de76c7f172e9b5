import type { App as Stock } from "cdk8s";
import {
  App,
  Application,
  Audit,
  NodeAgent,
  PlatformIssuer,
  Profile,
  ScheduledJob,
  StatefulStore,
  System,
  Task,
  Tenant,
  WebService,
  Worker,
} from "../../../constructs";

/** An image that names one content; the digest is made up. */
export const IMAGE = `registry.example.com/app@sha256:${"0123456789abcdef".repeat(4)}`;

/** One manifest a construct: what it emits when only what it asks for is said. */
export const CASES: Readonly<Record<string, () => Stock>> = {
  application: () => {
    const app = new App();
    const shop = application(app);
    const orders = new StatefulStore(shop, "orders-db", { image: IMAGE, port: 5432, storage: "20Gi" });
    new WebService(shop, "storefront", { image: IMAGE, port: 8080, host: "shop.example.com" })
      .calls(orders)
      .reaches("api.stripe.com")
      .usesBucket("invoices");
    return app;
  },
  "node-agent": alone(
    (shop) =>
      new NodeAgent(shop, "sensor", {
        image: IMAGE,
        health: { command: ["/bin/alive"] },
        needs: {
          reason: "it reads the node's container logs, which belong to root",
          capabilities: ["DAC_READ_SEARCH"],
          folders: [{ path: "/var/log/pods" }],
        },
      }),
  ),
  profile: alone((shop) => [
    new Task(shop, "import", { image: IMAGE, profile: Profile.seccomp("operator/import.json") }),
    new ScheduledJob(shop, "night", {
      image: IMAGE,
      schedule: "0 3 * * *",
      profile: [Profile.seccomp("operator/night.json"), Profile.appArmor({ localhost: "night" })],
    }),
    new Worker(shop, "mail", {
      image: IMAGE,
      health: { command: ["/bin/alive"] },
      profile: Profile.appArmor("runtimeDefault"),
    }),
    new WebService(shop, "storefront", { image: IMAGE, port: 8080, profile: Profile.seLinux("container_t") }),
  ]),
  "scheduled-job": alone((shop) => new ScheduledJob(shop, "night", { image: IMAGE, schedule: "0 3 * * *" })),
  "stateful-store": alone(
    (shop) =>
      new StatefulStore(shop, "orders-db", { image: IMAGE, port: 5432, storage: "20Gi", secrets: ["password"] }),
  ),
  audit: () => {
    const app = new App();
    new Audit(app, "audit", { image: IMAGE });
    return app;
  },
  "platform-issuer": () => {
    const app = new App();
    new PlatformIssuer(app, "issuer");
    return app;
  },
  system: () => {
    const app = new App();
    new System(app, "system", {
      family: "ipv4",
      podSecurityVersion: "v1.36",
      disksKey: "arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012",
      network: {
        vpc: "10.20.0.0/16",
        controlPlane: ["10.20.240.0/23"],
        nodes: ["10.20.0.0/18"],
        endpoints: ["10.20.0.0/18"],
        services: "172.20.0.0/16",
      },
    });
    return app;
  },
  task: alone((shop) => new Task(shop, "migration", { image: IMAGE })),
  tenant: () => {
    const app = new App();
    new Tenant(app, "team-shop", {
      owner: "team-shop@example.com",
      podSecurityVersion: "v1.36",
      aws: {
        region: "eu-central-1",
        endpoints: ["10.20.64.0/20"],
        secretsPrefix: "bulwark/production/team-shop/",
        secretsRole: "arn:aws:iam::111122223333:role/bulwark-production-secrets-team-shop",
      },
    });
    return app;
  },
  "web-service": alone((shop) => new WebService(shop, "logging", { image: IMAGE, port: 8080 })),
  "web-service-scaled": alone(
    (shop) => new WebService(shop, "logging", { image: IMAGE, port: 8080, replicas: { min: 2, max: 8 } }),
  ),
  worker: alone((shop) => new Worker(shop, "mail", { image: IMAGE, health: { command: ["/bin/alive"] } })),
};

/** An application without a workload, to put one in. */
export function application(app: Stock): Application {
  return new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
}

function alone(declare: (shop: Application) => unknown): () => Stock {
  return () => {
    const app = new App();
    declare(application(app));
    return app;
  };
}
