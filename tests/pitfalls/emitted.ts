import { App, Application, Profile, Task, TlsIngress, WebService } from "../../constructs";
import { shop } from "../../examples/shop/shop";
import type { Item } from "../../policies/inventory";
import { object } from "../../policies/object";
import { registrations } from "../policies/example";
import { image } from "../constructs/wrong/row";
import { type Manifest, written } from "../constructs/manifest";

/** Everything that the example's application repository emits. */
export function shopObjects(): Item[] {
  const app = new App();
  shop(app);
  return written(app).map(asItem);
}

/** A workload under each kind of profile. */
export function confined(): Item[] {
  const app = new App();
  const application = new Application(app, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  new Task(application, "one", { image, profile: Profile.appArmor("runtimeDefault") });
  new Task(application, "two", {
    image,
    profile: [Profile.seccomp("operator/two.json"), Profile.seLinux("container_t")],
  });
  new Task(application, "three", { image });
  return written(app).map(asItem);
}

/** A load balancer of its own for one name, open to the internet, by either API. */
export function ingress(through: "ingress" | "gateway"): Item[] {
  const shopApp = new App();
  const application = new Application(shopApp, "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  const service = new WebService(application, "storefront", { image, port: 8080 });
  const { node } = new TlsIngress(application, "public", {
    host: "shop.example.com",
    service,
    certificate: "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    from: ["0.0.0.0/0"],
    loadBalancers: ["10.0.0.0/24"],
    logs: "example-load-balancer-logs",
    through,
    internet: {
      reason: "customers buy here",
      webAcl: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012",
      shield: "advanced",
    },
  });
  return node.children.flatMap((child) =>
    "toJson" in child ? [asItem((child as unknown as { toJson(): Manifest }).toJson())] : [],
  );
}

let registered: Promise<readonly Item[]> | undefined;

/** Everything that the example's platform layer registers: charts' releases and objects of ours. */
export function platform(): Promise<readonly Item[]> {
  return (registered ??= registrations("production-platform"));
}

/** An object as a stack would register it. */
export function asItem({ apiVersion, kind, metadata, ...rest }: Manifest): Item {
  return object(apiVersion, kind, { metadata, ...rest }, metadata.name);
}
