import type * as aws from "@pulumi/aws";

import { item, token } from "../control";
import type { Item } from "../inventory";

export const BALANCER = token<aws.lb.LoadBalancerArgs>("aws:lb/loadBalancer:LoadBalancer");
export const LISTENER = token<aws.lb.ListenerArgs>("aws:lb/listener:Listener");
export const ACL = token<aws.wafv2.WebAclArgs>("aws:wafv2/webAcl:WebAcl");
export const ASSOCIATION = token<aws.wafv2.WebAclAssociationArgs>("aws:wafv2/webAclAssociation:WebAclAssociation");

export const balancerArn =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/main/0123456789abcdef";
export const aclArn = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/main/0a1b2c3d";

export const seen = { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: "edge" };

/** A rule of AWS's own group, as it stands in a web ACL. */
export function managed(name: string, more: object = {}) {
  return {
    name,
    priority: 0,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
    visibilityConfig: seen,
    ...more,
  };
}

export const acl = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: seen };

/** A load balancer of these inputs, and the web ACL before it. */
export function guarded(balancer: { readonly internal?: boolean }): readonly [Item, Item, Item] {
  const one = item(BALANCER, "main", balancer);
  const rules = item(ACL, "main", acl);
  const links = { resourceArn: [one], webAclArn: [rules] };
  return [one, rules, item(ASSOCIATION, "main", { resourceArn: balancerArn, webAclArn: aclArn }, { links })];
}

/** True for a load balancer that the internet finds: AWS takes an absent `internal` for no. */
export function facesInternet({ internal }: { readonly internal?: boolean | undefined }): boolean {
  return internal !== true;
}
