import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Site } from "./site";

/** AWS's recommendation: TLS 1.3 and 1.2 with forward secrecy, and keys that a quantum computer does not break. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** What the listeners join, and what must guard the load balancer before they open. */
export interface Joined {
  readonly balancer: aws.lb.LoadBalancer;
  readonly targets: aws.lb.TargetGroup;
  readonly certificateArn: pulumi.Output<string>;
  readonly guarded: aws.wafv2.WebAclAssociation;
}

/**
 * HTTPS to the gateway, and HTTP only to say so. Both open after the web ACL is in place, so that not a single request
 * passes without it.
 *
 * @control edge-listeners-after-waf
 */
export function listeners({ name, parent }: Site, { balancer, targets, certificateArn, guarded }: Joined) {
  const opts = { parent, dependsOn: [guarded] };

  const https = new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: balancer.arn,
      port: 443,
      /** @control edge-tls-listeners */
      protocol: "HTTPS",
      /** @control edge-tls-policy */
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
      // Browsers that came once never try HTTP again; nobody needs to know which software answers.
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
      routingHttpResponseServerEnabled: false,
    },
    opts,
  );
  const http = new aws.lb.Listener(
    `${name}-http`,
    {
      loadBalancerArn: balancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    },
    opts,
  );

  return [https, http] as const;
}
