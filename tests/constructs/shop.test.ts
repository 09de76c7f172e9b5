import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "../../constructs";
import { shop } from "../../examples/shop/shop";
import { uses } from "../pitfalls/workflows";
import { ofKind, written } from "./manifest";

const app = new App();
shop(app);
const manifests = written(app);
const [{ workloads } = { workloads: [] }] = app.requirements;
const names = (kind: string) => ofKind(manifests, kind).map(({ metadata }) => metadata.name);
const asked = (what: "reaches" | "buckets" | "secrets" | "hosts") => workloads.flatMap((each) => each[what]);
const read = (file: string) => readFileSync(join(__dirname, "../../examples/shop", file), "utf8");

describe("the shop, which shows every noun to application teams", () => {
  it("has a storefront, a logging service, a database of orders and a scheduled job", () => {
    expect(names("Deployment").sort()).toEqual(["logging", "storefront"]);
    expect(names("StatefulSet")).toEqual(["orders-db"]);
    expect(names("CronJob")).toEqual(["invoices"]);
  });

  it("reaches a third party's API, uses a bucket, holds secrets and has a public name", () => {
    expect(asked("reaches")).toEqual(["api.stripe.com"]);
    expect(asked("buckets")).toEqual(["invoices"]);
    expect(new Set(asked("secrets"))).toEqual(new Set(["orders-db-password", "payments-key"]));
    expect(names("ExternalSecret")).toHaveLength(asked("secrets").length);
    expect(asked("hosts")).toEqual(["shop.example.com"]);
    expect(ofKind(manifests, "VirtualService")).toMatchObject([{ spec: { hosts: ["shop.example.com"] } }]);
  });

  it("is tried by a pipeline that runs what its README says, with nothing that can be moved and no credential", () => {
    const pipeline = read(".github/workflows/ci.yml");
    const runs = [...pipeline.matchAll(/run: (npm .*)$/gm)].map(([, command]) => command);
    expect(runs).toEqual(["npm ci", "npm run types", "npm test", "npm run synth"]);
    expect(pipeline).toContain("uses:");
    expect(uses(pipeline)).toEqual([]);
    expect(pipeline).toMatch(/^permissions:\n {2}contents: read\njobs:/m);
    expect(pipeline).not.toMatch(/secrets\.|pull_request_target/);
  });

  it("is synthesised by the same command as at the root", () => {
    expect(read("cdk8s.yaml")).toContain("app: npx tsx main.ts");
    expect(readFileSync(join(__dirname, "../../cdk8s.yaml"), "utf8")).toContain("app: npx tsx examples/shop/main.ts");
  });
});
