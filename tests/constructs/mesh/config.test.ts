import {
  EGRESS_GATEWAY_VALUES,
  type GatewayValues,
  INGRESS_GATEWAY_VALUES,
  ISTIOD_VALUES,
  MESH_CONFIG,
  trusting,
} from "../../../constructs";
import { made, edgeBlueprint } from "../../edge/program";
import { only } from "../../layers/found";

jest.setTimeout(60_000);

const ROOT = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n";

describe("the mesh's configuration", () => {
  it("routes to what was declared, reads a path one way, and speaks TLS 1.3", () => {
    expect(MESH_CONFIG).toEqual({
      trustDomain: "cluster.local",
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      pathNormalization: { normalization: "DECODE_AND_MERGE_SLASHES" },
      meshMTLS: { minProtocolVersion: "TLSV1_3" },
      accessLogFile: "/dev/stdout",
      accessLogEncoding: "JSON",
      defaultConfig: {
        holdApplicationUntilProxyStarts: true,
        proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" },
      },
    });
  });

  it("lets the Pod Identity agent's addresses go round the proxy, and no other", () => {
    expect(ISTIOD_VALUES.global.proxy.excludeIPRanges).toBe("169.254.170.23/32,fd00:ec2::23/128");
  });

  it("trusts a second root beside its own while it is said", () => {
    expect(trusting(ROOT)).toEqual({ ...MESH_CONFIG, caCertificates: [{ pem: ROOT }] });
    expect(ISTIOD_VALUES.env.ISTIO_MULTIROOT_MESH).toBe("true");
  });

  it("refuses a key where a root belongs, and does not repeat it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    for (const pem of [key, ROOT + key, ""]) {
      expect(() => trusting(pem)).toThrow(
        /^root 1 must be one certificate in PEM; write the value of `tls.crt`[^\n]*$/,
      );
    }
  });
});

describe("the gateways' values", () => {
  it("serve on for longer than the load balancer sends, and are given the time", async () => {
    const { edge } = await made(edgeBlueprint());
    const deregistration = Number(only(edge, "aws:lb/targetGroup:TargetGroup").inputs["deregistrationDelay"]);
    const drain = Number.parseInt(proxy(INGRESS_GATEWAY_VALUES).terminationDrainDuration ?? "", 10);
    expect(deregistration).toBeGreaterThan(0);
    expect(drain).toBeGreaterThan(deregistration);
    expect(INGRESS_GATEWAY_VALUES.terminationGracePeriodSeconds).toBeGreaterThan(drain);
  });

  it("believe one proxy about the caller at the way in, and none at the way out", () => {
    expect(proxy(INGRESS_GATEWAY_VALUES).gatewayTopology).toEqual({ numTrustedProxies: 1 });
    expect(proxy(EGRESS_GATEWAY_VALUES)).not.toHaveProperty("gatewayTopology");
  });

  it("open no load balancer of their own", () => {
    for (const { service } of [INGRESS_GATEWAY_VALUES, EGRESS_GATEWAY_VALUES]) expect(service.type).toBe("ClusterIP");
  });
});

interface Proxy {
  readonly gatewayTopology?: { readonly numTrustedProxies: number };
  readonly terminationDrainDuration?: string;
}

function proxy({ podAnnotations }: GatewayValues): Proxy {
  return JSON.parse(podAnnotations["proxy.istio.io/config"] ?? "") as Proxy;
}
