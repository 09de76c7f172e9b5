import type { Registration } from "../../twin/registration";
import { all, only } from "../layers/found";
import { edgeBlueprint, made, words } from "./program";

jest.setTimeout(60_000);

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const internet = { to: "internet", reason: words.reason };

let edge: readonly Registration[];
const names = (urns: readonly string[] | undefined) => urns?.map((urn) => urn.split("$").at(-1));

beforeAll(async () => {
  ({ edge } = await made(edgeBlueprint()));
});

describe("an edge that is told only hosts and zone", () => {
  it("stands in the private subnets, where the internet does not find it", () => {
    const { inputs, propertyDependencies } = only(edge, BALANCER);

    expect(inputs).toMatchObject({ internal: true, tags: { "bulwark:exposure": "internal" } });
    expect(names(propertyDependencies["subnets"])).toEqual(
      ["a", "b", "c"].map((zone) => `aws:ec2/subnet:Subnet::main-private-eu-central-1${zone}`),
    );
  });

  it("lets only the VPC in, on the two ports of the web, and says why", () => {
    const rules = all(edge, INGRESS);

    expect(rules.map(({ inputs }) => [inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]]).sort()).toEqual([
      ["10.20.0.0/16", 443, 443],
      ["10.20.0.0/16", 80, 80],
    ]);
    for (const { inputs, propertyDependencies } of rules) {
      expect(inputs["description"]).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{10,255}$/);
      expect(names(propertyDependencies["securityGroupId"])).toEqual([
        "aws:ec2/securityGroup:SecurityGroup::main-load-balancer",
      ]);
    }
  });

  it("is a load balancer that drops, appends, fails closed, writes down and stays", () => {
    expect(only(edge, BALANCER)).toMatchObject({
      protect: true,
      inputs: {
        loadBalancerType: "application",
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "strictest",
        xffHeaderProcessingMode: "append",
        preserveHostHeader: true,
        enableWafFailOpen: false,
        enableDeletionProtection: true,
        ipAddressType: "ipv4",
        accessLogs: { enabled: true, prefix: "access" },
        connectionLogs: { enabled: true, prefix: "connection" },
      },
    });
  });

  it("waits with the load balancer until its logs can be written", () => {
    expect(names(only(edge, BALANCER).dependencies)).toEqual(
      expect.arrayContaining(["aws:s3/bucketPolicy:BucketPolicy::main-logs", "aws:s3/bucket:Bucket::main-logs"]),
    );
  });

  it("answers by TLS 1.3 and 1.2, and HTTP only with the way to it", () => {
    expect(only(edge, "aws:lb/listener:Listener", "main-https").inputs).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      defaultActions: [{ type: "forward" }],
      routingHttpResponseServerEnabled: false,
    });
    expect(only(edge, "aws:lb/listener:Listener", "main-http").inputs["defaultActions"]).toEqual([
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ]);
  });

  it("listens only once the web ACL is in place, and is named only once it listens", () => {
    for (const { dependencies } of all(edge, "aws:lb/listener:Listener"))
      expect(names(dependencies)).toContain("aws:wafv2/webAclAssociation:WebAclAssociation::main");
    expect(names(only(edge, "aws:route53/record:Record", "main-a-shop.example.com").dependencies)).toContain(
      "aws:lb/listener:Listener::main-https",
    );
  });

  it("passes on by TLS to the gateway and asks it for its health in plain HTTP", () => {
    expect(only(edge, "aws:lb/targetGroup:TargetGroup")).toMatchObject({
      protect: true,
      inputs: {
        protocol: "HTTPS",
        port: 443,
        targetType: "ip",
        ipAddressType: "ipv4",
        healthCheck: { protocol: "HTTP", port: "15021", path: "/healthz/ready" },
      },
    });
  });

  it("writes the web ACL's log, without credentials, into a kept group under our key", () => {
    expect(only(edge, "aws:cloudwatch/logGroup:LogGroup")).toMatchObject({
      protect: true,
      inputs: { name: "aws-waf-logs-production", retentionInDays: 400 },
    });
    const { inputs } = only(edge, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    expect(inputs["redactedFields"]).toEqual([
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
    ]);
  });

  it("keeps the load balancer's logs as long as all others, in a private bucket that stays", () => {
    expect(only(edge, "aws:s3/bucket:Bucket")).toMatchObject({ protect: true, inputs: { forceDestroy: false } });
    expect(
      only(edge, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"],
    ).toMatchObject([{ expiration: { days: 400 } }]);
    expect(
      only(edge, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs[
        "rules"
      ],
    ).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
  });

  it("subscribes to nothing", () => {
    expect(edge.filter(({ type }) => type.startsWith("aws:shield/"))).toEqual([]);
  });
});

describe("an edge that is told more", () => {
  it("stands in the public subnets and is open to everybody where it faces the internet", async () => {
    const { edge } = await made(edgeBlueprint({ exposure: internet }));

    expect(only(edge, BALANCER).inputs).toMatchObject({ internal: false, tags: { "bulwark:exposure": "internet" } });
    expect(names(only(edge, BALANCER).propertyDependencies["subnets"])?.[0]).toContain("main-public-");
    expect(names(only(edge, BALANCER).dependencies)).toContain("aws:ec2/internetGateway:InternetGateway::main");
    expect(all(edge, INGRESS).map(({ inputs }) => inputs["cidrIpv4"])).toEqual(["0.0.0.0/0", "0.0.0.0/0"]);
  });

  it("lets in only whom it names", async () => {
    const from = ["203.0.113.0/28", "2001:db8:1::/48"];
    const { edge } = await made(edgeBlueprint({ exposure: { ...internet, from } }));

    const peers = all(edge, INGRESS).map(({ inputs }) => inputs["cidrIpv4"] ?? inputs["cidrIpv6"]);
    expect([...new Set(peers)]).toEqual(from);
    for (const { urn } of all(edge, INGRESS)) expect(urn.split("::")).toHaveLength(4);
  });

  it("speaks IPv6 to people and pods alike where the pods do", async () => {
    const { edge } = await made(
      edgeBlueprint(
        { exposure: internet },
        {
          network: {
            mode: "create",
            cidr: "10.20.0.0/16",
            zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
            pods: "ipv6",
          },
        },
      ),
    );

    expect(only(edge, BALANCER).inputs["ipAddressType"]).toBe("dualstack");
    expect(only(edge, "aws:lb/targetGroup:TargetGroup").inputs["ipAddressType"]).toBe("ipv6");
    expect(only(edge, "aws:route53/record:Record", "main-aaaa-shop.example.com").inputs["type"]).toBe("AAAA");
    expect(all(edge, INGRESS).map(({ inputs }) => inputs["cidrIpv6"])).toContain("::/0");
  });

  it("proves every host and leads each to the load balancer", async () => {
    const hosts = ["shop.example.com", "example.com", "pay.example.com"];
    const { edge } = await made(edgeBlueprint({ hosts }));

    expect(only(edge, "aws:acm/certificate:Certificate").inputs).toMatchObject({
      domainName: "shop.example.com",
      subjectAlternativeNames: ["example.com", "pay.example.com"],
      validationMethod: "DNS",
    });
    for (const host of hosts) {
      expect(only(edge, "aws:route53/record:Record", `main-proof-${host}`).inputs["name"]).toMatch(`.${host}.`);
      expect(only(edge, "aws:route53/record:Record", `main-a-${host}`).inputs["name"]).toBe(host);
    }
  });

  it("loses its protections only by a declared teardown", async () => {
    const teardown = { reason: "the shop is closed for good", by: words.by, until: "2099-01-31" };
    const { edge } = await made(edgeBlueprint({}, { teardown }));

    expect(edge.filter(({ protect }) => protect)).toEqual([]);
    expect(only(edge, BALANCER).inputs["enableDeletionProtection"]).toBe(false);
    expect(only(edge, "aws:s3/bucket:Bucket").inputs["forceDestroy"]).toBe(true);
  });
});

describe("a blueprint without an edge", () => {
  it("opens no door at all", async () => {
    const { registrations } = await made({ ...edgeBlueprint(), edge: undefined });

    expect(
      registrations.filter(({ type }) => /:(lb|wafv2|shield|acm|route53)\//.test(type) && !type.includes("/resolver")),
    ).toEqual([]);
  });
});
