import { type App, Application, remote, ScheduledJob, StatefulStore, WebService } from "bulwark";

/** Images by the digests that were reviewed; the ones here are made up. */
const IMAGES = {
  storefront:
    "registry.example.com/shop/storefront@sha256:1c8c9ce8a0d1b7b0a1b7d0a2f8a2f1f6c1b1e7c54ad0dd1d4c1d7f1b5b4bb8a1",
  orders:
    "registry.example.com/mirror/postgres@sha256:2d8c9ce8a0d1b7b0a1b7d0a2f8a2f1f6c1b1e7c54ad0dd1d4c1d7f1b5b4bb8a2",
  logging: "registry.example.com/shop/logging@sha256:3e8c9ce8a0d1b7b0a1b7d0a2f8a2f1f6c1b1e7c54ad0dd1d4c1d7f1b5b4bb8a3",
  invoices:
    "registry.example.com/shop/invoices@sha256:4f8c9ce8a0d1b7b0a1b7d0a2f8a2f1f6c1b1e7c54ad0dd1d4c1d7f1b5b4bb8a4",
};

/** Declares the shop: a storefront, its orders, a logging service and a job that writes the invoices of the day. */
export function shop(app: App): Application {
  const application = new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });

  const logging = new WebService(application, "logging", { image: IMAGES.logging, port: 8080 });
  const orders = new StatefulStore(application, "orders-db", {
    image: IMAGES.orders,
    port: 5432,
    storage: "20Gi",
    secrets: ["orders-db-password"],
    scratch: { "/tmp": "64Mi", "/var/run/postgresql": "1Mi" },
    resources: { cpu: "500m", memory: "1Gi" },
  });
  const storefront = new WebService(application, "storefront", {
    image: IMAGES.storefront,
    port: 8080,
    host: "shop.example.com",
    replicas: { min: 2, max: 8 },
    health: { ready: "/ready", live: "/live" },
    secrets: ["orders-db-password", "payments-key"],
  });
  const invoices = new ScheduledJob(application, "invoices", {
    image: IMAGES.invoices,
    schedule: "30 2 * * *",
    timeZone: "Europe/Berlin",
    secrets: ["orders-db-password"],
  });

  storefront.calls(orders).calls(logging).reaches("api.stripe.com");
  storefront.calls(remote("team-pay/payments", { port: 9443, protocol: "grpc" }));
  orders.calls(logging);
  invoices.calls(orders).calls(logging).usesBucket("invoices");
  return application;
}
