import {
  App,
  Application,
  remote,
  ScheduledJob,
  StatefulStore,
  Task,
  Tenant,
  WebService,
  Worker,
} from "../../../constructs";

const image = `registry.example.com/app@sha256:${"a".repeat(64)}`;

/** The block in which the example's interface endpoints stand. */
export const ENDPOINTS = "10.20.64.0/20";

/** A shop and the payments it uses, each in a tenant and a repository of its own, with every kind of workload and flow. */
export function twoTenants(): readonly [shop: App, pay: App] {
  const shop = new App();
  tenant(shop, "team-shop");
  const store = new Application(shop, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  const logging = new WebService(store, "logging", { image, port: 8080 });
  const orders = new StatefulStore(store, "orders-db", { image, port: 5432, storage: "20Gi", secrets: ["password"] });
  // On the port of the other store: who may call one of them may not call both.
  const sessions = new StatefulStore(store, "sessions-db", { image, port: 5432, storage: "1Gi" });
  const web = new WebService(store, "storefront", { image, port: 8080, host: "shop.example.com" });
  const mail = new Worker(store, "mail", { image, health: { command: ["/bin/alive"] } });
  const night = new ScheduledJob(store, "night", { image, schedule: "0 3 * * *" });
  new Task(store, "migration", { image }).calls(orders);
  web
    .calls(orders)
    .calls(sessions)
    .calls(logging)
    .reaches("api.stripe.com")
    .calls(remote("team-pay/payments", { port: 9443 }));
  orders.calls(logging);
  mail.calls(orders);
  night.calls(orders).usesBucket("invoices");

  const pay = new App();
  tenant(pay, "team-pay");
  const desk = new Application(pay, "pay", { tenant: "team-pay", owner: "team-pay@example.com" });
  const payments = new WebService(desk, "payments", { image, port: 9443, protocol: "grpc" });
  const ledger = new StatefulStore(desk, "ledger", { image, port: 5432, storage: "5Gi" });
  // The same name as in the other tenant: neither may be taken for the other.
  const audit = new WebService(desk, "logging", { image, port: 8080 });
  payments.calls(ledger).calls(audit).accepts("team-shop/storefront");
  return [shop, pay];
}

/** Every call of the example: who, whom, and on which port. */
export const CALLS: readonly (readonly [from: string, to: string, port: number])[] = [
  ["team-shop/storefront", "team-shop/orders-db", 5432],
  ["team-shop/storefront", "team-shop/sessions-db", 5432],
  ["team-shop/storefront", "team-shop/logging", 8080],
  ["team-shop/storefront", "team-pay/payments", 9443],
  ["team-shop/orders-db", "team-shop/logging", 8080],
  ["team-shop/mail", "team-shop/orders-db", 5432],
  ["team-shop/night", "team-shop/orders-db", 5432],
  ["team-shop/migration", "team-shop/orders-db", 5432],
  ["team-pay/payments", "team-pay/ledger", 5432],
  ["team-pay/payments", "team-pay/logging", 8080],
];

function tenant(app: App, name: string): void {
  new Tenant(app, name, {
    owner: `${name}@example.com`,
    podSecurityVersion: "v1.36",
    aws: {
      region: "eu-central-1",
      endpoints: [ENDPOINTS],
      secretsPrefix: `bulwark/production/${name}/`,
      secretsRole: `arn:aws:iam::111122223333:role/bulwark-production-secrets-${name}`,
    },
  });
}
