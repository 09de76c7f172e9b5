import * as aws from "@pulumi/aws";

import type { Network } from "../network";
import { type EdgeLogs, PREFIXES } from "./logs";
import type { Site } from "./site";
import { isDualStack, isKept } from "./site";

/**
 * The load balancer as a resource of ours: a preview sees it with its web ACL and its logs, and nobody makes another.
 *
 * @control edge-exposure-declared
 */
export function loadBalancer(site: Site, network: Network, logs: EdgeLogs): aws.lb.LoadBalancer {
  const isInternal = site.edge.exposure.to === "internal";
  const log = (prefix: string) => ({ bucket: logs.bucket.bucket, prefix, enabled: true });

  return new aws.lb.LoadBalancer(
    site.name,
    {
      loadBalancerType: "application",
      internal: isInternal,
      subnets: isInternal ? network.privateSubnetIds : network.publicSubnetIds,
      securityGroups: [network.securityGroups.loadBalancer.id],
      ipAddressType: isDualStack(site) ? "dualstack" : "ipv4",
      /** @control edge-invalid-headers-dropped */
      dropInvalidHeaderFields: true,
      /** @control edge-desync-mitigation */
      desyncMitigationMode: "strictest",
      /** @control edge-forwarded-for-appended */
      xffHeaderProcessingMode: "append",
      preserveHostHeader: true,
      /** @control edge-waf-fail-closed */
      enableWafFailOpen: false,
      /** @control edge-deletion-protection */
      enableDeletionProtection: isKept(site),
      /** @control edge-access-logs */
      accessLogs: log(PREFIXES.access),
      /** @control edge-connection-logs */
      connectionLogs: log(PREFIXES.connection),
      tags: decisions(site),
    },
    // The network too: without its internet gateway no load balancer faces the internet.
    { parent: site.parent, protect: isKept(site), dependsOn: [logs, network] },
  );
}

/**
 * Two decisions that no other input shows: whoever finds a load balancer that faces the internet, or one without Shield,
 * sees that somebody wanted it so.
 */
function decisions({ edge }: Site): Record<string, string> {
  const { advanced } = edge.shield;
  return {
    "bulwark:exposure": edge.exposure.to,
    "bulwark:shield-advanced": advanced === "undecided" ? "refused" : advanced,
  };
}

/**
 * Where the ingress gateway's pods are registered by the platform layer. An ALB cannot speak the mesh's mutual TLS, so it
 * encrypts anew to the gateway; the gateway answers health checks on its own port, in plain HTTP. Replacing the group
 * would empty it until the platform's next `up`, hence the protection.
 *
 * @control edge-targets-encrypted
 * @control edge-targets-kept
 */
export function targetGroup(site: Site, network: Network): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(
    site.name,
    {
      vpcId: network.vpcId,
      targetType: "ip",
      ipAddressType: site.blueprint.network.pods,
      protocol: "HTTPS",
      port: 443,
      healthCheck: {
        protocol: "HTTP",
        port: "15021",
        path: "/healthz/ready",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      // A gateway that goes away finishes what it has begun.
      deregistrationDelay: 60,
    },
    { parent: site.parent, protect: isKept(site) },
  );
}
