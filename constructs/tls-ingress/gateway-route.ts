import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { attributes, type LoadBalancer, REASON, scheme, TLS_POLICY, VERSION } from "./load-balancer";

const GATEWAY_API = "gateway.networking.k8s.io";
const AWS = "gateway.k8s.aws";

/**
 * Emits a Gateway of the class `alb` with a configuration of its own, and the routes on it. The listener names no certificate: the AWS Load Balancer
 * Controller takes one from ACM alone, and a reference to a Secret would not be heard.
 */
export function gatewayRoute(scope: Construct, loadBalancer: LoadBalancer): void {
  gateway(scope, loadBalancer);
  configuration(scope, loadBalancer);
  targetGroup(scope, loadBalancer);
  route(scope, loadBalancer);
  redirect(scope, loadBalancer);
}

function gateway(scope: Construct, { host, service, labels, internet }: LoadBalancer): void {
  const allowedRoutes = { namespaces: { from: "Same" } };
  new ApiObject(scope, "gateway", {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: "Gateway",
    metadata: {
      name: service.name,
      labels: { ...labels },
      ...(internet && { annotations: { [REASON]: internet.reason } }),
    },
    spec: {
      gatewayClassName: "alb",
      infrastructure: { parametersRef: { group: AWS, kind: "LoadBalancerConfiguration", name: service.name } },
      listeners: [
        { name: "http", protocol: "HTTP", port: 80, hostname: host, allowedRoutes },
        { name: "https", protocol: "HTTPS", port: 443, hostname: host, allowedRoutes },
      ],
    },
  });
}

function configuration(scope: Construct, loadBalancer: LoadBalancer): void {
  const { service, labels, certificate, from, internet } = loadBalancer;
  new ApiObject(scope, "load-balancer-configuration", {
    apiVersion: `${AWS}/v1`,
    kind: "LoadBalancerConfiguration",
    metadata: { name: service.name, labels: { ...labels } },
    spec: {
      scheme: scheme(loadBalancer),
      sourceRanges: [...from],
      listenerConfigurations: [
        { protocolPort: "HTTP:80" },
        { protocolPort: "HTTPS:443", defaultCertificate: certificate, sslPolicy: TLS_POLICY },
      ],
      loadBalancerAttributes: Object.entries(attributes(loadBalancer)).map(([key, value]) => ({ key, value })),
      ...(internet && {
        wafV2: { webACL: internet.webAcl },
        shieldConfiguration: { enabled: internet.shield === "advanced" },
      }),
    },
  });
}

function targetGroup(scope: Construct, { service, labels, health }: LoadBalancer): void {
  new ApiObject(scope, "target-group-configuration", {
    apiVersion: `${AWS}/v1`,
    kind: "TargetGroupConfiguration",
    metadata: { name: service.name, labels: { ...labels } },
    spec: {
      targetReference: { kind: "Service", name: service.name },
      defaultConfiguration: {
        targetType: "ip",
        protocol: "HTTP",
        protocolVersion: VERSION[service.protocol],
        healthCheckConfig: { healthCheckPath: health },
      },
    },
  });
}

function route(scope: Construct, { host, service, labels }: LoadBalancer): void {
  new ApiObject(scope, "route", {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: service.protocol === "grpc" ? "GRPCRoute" : "HTTPRoute",
    metadata: { name: service.name, labels: { ...labels } },
    spec: {
      parentRefs: [{ name: service.name, sectionName: "https" }],
      hostnames: [host],
      rules: [{ backendRefs: [{ name: service.name, port: service.port }] }],
    },
  });
}

function redirect(scope: Construct, { host, service, labels }: LoadBalancer): void {
  new ApiObject(scope, "redirect", {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: "HTTPRoute",
    metadata: { name: `${service.name}-redirect`, labels: { ...labels } },
    spec: {
      parentRefs: [{ name: service.name, sectionName: "http" }],
      hostnames: [host],
      rules: [
        { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", port: 443, statusCode: 301 } }] },
      ],
    },
  });
}
