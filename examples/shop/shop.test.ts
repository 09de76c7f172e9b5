import assert from "node:assert/strict";
import { test } from "node:test";
import { App } from "bulwark";
import { shop } from "./shop";

void test("the shop asks for what the platform's owners have approved, and for nothing more", () => {
  const app = new App();
  shop(app);
  const [{ workloads } = assert.fail("no application")] = app.requirements;
  const asked = workloads.map(({ workload, reaches, buckets, hosts, calls }) => ({
    workload,
    outside: [...reaches, ...buckets, ...hosts, ...calls.map(({ tenant, name }) => `${tenant}/${name}`)],
  }));
  assert.deepEqual(asked, [
    { workload: "orders-db", outside: [] },
    { workload: "storefront", outside: ["api.stripe.com", "shop.example.com", "team-pay/payments"] },
    { workload: "invoices", outside: ["invoices"] },
  ]);
});

void test("the shop is written the same twice", () => {
  const write = () => {
    const app = new App();
    shop(app);
    return app.synthYaml();
  };
  assert.equal(write(), write());
});
