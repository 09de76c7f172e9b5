import { ApiObject } from "cdk8s";
import { App, Application, TlsIngress, type TlsIngressArgs, WebService } from "../../constructs";
import { custom, present, refusals, type Resource } from "./mesh/definitions";
import { find } from "./mesh/render";

const IMAGE = `registry.example.com/shop@sha256:${"a".repeat(64)}`;
const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const WEB_ACL = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012";
const BY = "alb.ingress.kubernetes.io";

const internet = { reason: "customers buy here", webAcl: WEB_ACL, shield: "advanced" } as const;

function synth(args: Partial<TlsIngressArgs> = {}, protocol: "http" | "http2" | "grpc" = "http"): Resource[] {
  const shop = new Application(new App(), "shop", { tenant: "team-shop", owner: "team-shop@example.com" });
  const service = new WebService(shop, "storefront", { image: IMAGE, port: 8080, protocol });
  const ingress = new TlsIngress(shop, "public", {
    host: "shop.example.com",
    service,
    certificate: CERTIFICATE,
    from: ["192.0.2.0/24"],
    loadBalancers: ["10.0.0.0/24"],
    logs: "example-load-balancer-logs",
    ...args,
  });
  const objects = ingress.node.findAll().filter((node) => node instanceof ApiObject);
  return objects.map((object) => object.toJson() as Resource);
}

describe("TlsIngress", () => {
  it.each(["ingress", "gateway"] as const)("is what was reviewed, through %s", (through) => {
    expect(synth({ through, internet })).toMatchSnapshot();
    expect(JSON.stringify(synth({ through }))).toBe(JSON.stringify(synth({ through })));
  });

  (present ? it : it.skip).each(["http", "http2", "grpc"] as const)(
    "is valid by the schemas of the projects that read it, for a service that speaks %s",
    (protocol) => {
      const resources = [
        ...synth({ through: "gateway" }, protocol),
        ...synth({ through: "gateway", internet }, protocol),
      ];
      expect(resources.filter(custom).flatMap(refusals)).toEqual([]);
      expect(resources.filter(custom).length).toBe(10);
    },
  );

  it("stands inside the network when nothing is said, with TLS that was chosen and every weak default named", () => {
    const { metadata, spec } = find(synth(), "Ingress", "storefront");
    expect(metadata.annotations).toMatchObject({
      [`${BY}/scheme`]: "internal",
      [`${BY}/inbound-cidrs`]: "192.0.2.0/24",
      [`${BY}/certificate-arn`]: CERTIFICATE,
      [`${BY}/ssl-policy`]: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      [`${BY}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
      [`${BY}/ssl-redirect`]: "443",
      [`${BY}/target-type`]: "ip",
    });
    const attributes = metadata.annotations?.[`${BY}/load-balancer-attributes`]?.split(",");
    expect(attributes).toEqual(
      expect.arrayContaining([
        "routing.http.drop_invalid_header_fields.enabled=true",
        "access_logs.s3.enabled=true",
        "access_logs.s3.bucket=example-load-balancer-logs",
        "deletion_protection.enabled=true",
      ]),
    );
    expect(spec).not.toHaveProperty("defaultBackend");
    expect(spec).toMatchObject({ tls: [{ hosts: ["shop.example.com"] }], rules: [{ host: "shop.example.com" }] });
  });

  it("stands on the internet behind a web ACL, with the reason in the object", () => {
    expect(find(synth({ internet }), "Ingress", "storefront").metadata.annotations).toMatchObject({
      [`${BY}/scheme`]: "internet-facing",
      [`${BY}/wafv2-acl-arn`]: WEB_ACL,
      [`${BY}/shield-advanced-protection`]: "true",
      "bulwark/internet-facing-reason": "customers buy here",
    });
  });

  it("takes its certificate from ACM through the Gateway API too, and sends plain HTTP on", () => {
    const through = synth({ through: "gateway", internet });
    expect(JSON.stringify(through)).not.toContain("certificateRefs");
    expect(find(through, "LoadBalancerConfiguration", "storefront").spec).toMatchObject({
      scheme: "internet-facing",
      sourceRanges: ["192.0.2.0/24"],
      listenerConfigurations: [
        { protocolPort: "HTTP:80" },
        {
          protocolPort: "HTTPS:443",
          defaultCertificate: CERTIFICATE,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        },
      ],
      wafV2: { webACL: WEB_ACL },
      shieldConfiguration: { enabled: true },
    });
    expect(find(through, "HTTPRoute", "storefront-redirect").spec).toMatchObject({
      parentRefs: [{ sectionName: "http" }],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] }],
    });
    expect(find(synth({ through: "gateway" }), "LoadBalancerConfiguration", "storefront").spec).toMatchObject({
      scheme: "internal",
    });
  });

  it("lets the load balancer in to the pods, on their port", () => {
    expect(find(synth(), "NetworkPolicy", "storefront-load-balancer").spec).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "storefront" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/24" } }], ports: [{ protocol: "TCP", port: 8080 }] }],
    });
  });

  it("admits everybody only where it stands on the internet with a reason", () => {
    expect(() => synth({ from: ["0.0.0.0/0"] })).toThrow(/a block of callers.*not the whole internet/);
    expect(() => synth({ from: ["0.0.0.0/0"], internet })).not.toThrow();
    expect(() => synth({ internet: { ...internet, reason: " " } })).toThrow(/without a reason; say who needs it/);
  });

  it.each([
    [{ host: "*.example.com" }, /host must be one full host name.*name each host by itself/],
    [{ host: "" }, /host must be one full host name/],
    [{ certificate: "shop-tls" }, /certificate must be the ARN of a certificate in ACM, got "shop-tls"; copy it whole/],
    [{ internet: { ...internet, webAcl: CERTIFICATE } }, /webAcl must be the ARN of a regional web ACL/],
    [{ loadBalancers: ["0.0.0.0/0"] }, /a load balancer's block must be.*not the whole internet/],
    [{ logs: "s3://logs" }, /logs must be the name of a bucket.*neither ARN nor URL/],
  ] satisfies [Partial<TlsIngressArgs>, RegExp][])("refuses %j with a message that names the fix", (args, message) => {
    expect(() => synth(args)).toThrow(message);
  });

  it("refuses services that are another tenant's, or that speak no HTTP", () => {
    const app = new App();
    const [shop, pay] = ["team-shop", "team-pay"].map(
      (tenant) => new Application(app, tenant, { tenant, owner: `${tenant}@example.com` }),
    ) as [Application, Application];
    const service = new WebService(pay, "payments", { image: IMAGE, port: 8080 });
    const args: TlsIngressArgs = {
      host: "pay.example.com",
      service,
      certificate: CERTIFICATE,
      from: ["192.0.2.0/24"],
      loadBalancers: ["10.0.0.0/24"],
      logs: "example-load-balancer-logs",
    };
    expect(() => new TlsIngress(shop, "pay", args)).toThrow(
      /does not stand in tenant "team-shop"; declare its ingress/,
    );
    const { name, tenant, port, metadata, selector } = service;
    const tcp = { name, tenant, port, metadata, selector, protocol: "tcp" } as const;
    expect(() => new TlsIngress(pay, "pay", { ...args, service: tcp })).toThrow(/speaks tcp.*use http, http2 or grpc/);
  });
});
