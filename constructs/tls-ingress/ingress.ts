import { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { attributes, type LoadBalancer, REASON, scheme, TLS_POLICY, VERSION } from "./load-balancer";

/** Emits an Ingress for the AWS Load Balancer Controller, with every annotation whose default is weak. */
export function ingress(scope: Construct, loadBalancer: LoadBalancer): void {
  const { host, service, labels } = loadBalancer;
  new k8s.KubeIngress(scope, "ingress", {
    metadata: { name: service.name, labels: { ...labels }, annotations: annotations(loadBalancer) },
    spec: {
      ingressClassName: "alb",
      tls: [{ hosts: [host] }],
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: service.name, port: { number: service.port } } },
              },
            ],
          },
        },
      ],
    },
  });
}

function annotations(loadBalancer: LoadBalancer): Record<string, string> {
  const { internet, certificate, from, health, service } = loadBalancer;
  const alb = {
    scheme: scheme(loadBalancer),
    "inbound-cidrs": from.join(","),
    "certificate-arn": certificate,
    "ssl-policy": TLS_POLICY,
    // Port 80 is there to send people on; with the redirect no rule stands on it.
    "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
    "ssl-redirect": "443",
    "load-balancer-attributes": pairs(attributes(loadBalancer)),
    "target-type": "ip",
    "backend-protocol": "HTTP",
    "backend-protocol-version": VERSION[service.protocol],
    "healthcheck-path": health,
    ...(internet && {
      "wafv2-acl-arn": internet.webAcl,
      "shield-advanced-protection": String(internet.shield === "advanced"),
    }),
  };
  const named = Object.entries(alb).map(([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value] as const);
  return { ...Object.fromEntries<string>(named), ...(internet && { [REASON]: internet.reason }) };
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}
