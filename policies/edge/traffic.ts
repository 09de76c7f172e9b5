import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { ASSOCIATION, BALANCER, balancerArn, facesInternet, guarded, LISTENER } from "./example";

const TARGETS = token<aws.lb.TargetGroupArgs>("aws:lb/targetGroup:TargetGroup");
const CERTIFICATE = token<aws.acm.CertificateArgs>("aws:acm/certificate:Certificate");

const https = { loadBalancerArn: balancerArn, port: 443, protocol: "HTTPS", defaultActions: [{ type: "forward" }] };
const redirect = { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" };
const http = { loadBalancerArn: balancerArn, port: 80, protocol: "HTTP" };
const proved = { domainName: "shop.example.com", validationMethod: "DNS" };

/** How requests come in and go on. */
export const traffic: readonly Control[] = [
  resourceControl({
    id: "edge-tls-listeners",
    title: "Nothing is answered without TLS but the way to it",
    severity: "critical",
    why: "whoever stands between a client and the load balancer reads and changes what is not encrypted",
    fix: "use HTTPS, and let an HTTP listener redirect to it with 301",
    refs: {
      catalogue: "EKS-ALB-1",
      cis: ["CIS EKS 5.4.5"],
      securityHub: ["ELB.1", "ELB.18"],
      checkov: ["CKV_AWS_2", "CKV2_AWS_20"],
      trivy: ["AWS-0054"],
    },
    resource: LISTENER,
    *check({ protocol = "HTTP", defaultActions }) {
      if (["HTTPS", "TLS"].includes(protocol)) return;
      const redirected = defaultActions.every(
        ({ type, redirect: to }) => type === "redirect" && to?.protocol === "HTTPS" && to.statusCode === "HTTP_301",
      );
      if (protocol !== "HTTP" || defaultActions.length === 0 || !redirected)
        yield { path: "protocol", message: `the listener answers ${protocol} without TLS` };
    },
    good: [https, { ...http, defaultActions: [{ type: "redirect", redirect }] }],
    bad: [
      { ...http, defaultActions: [{ type: "forward" }] },
      { ...http, defaultActions: [{ type: "redirect", redirect: { ...redirect, protocol: "HTTP" } }] },
      { ...http, defaultActions: [{ type: "redirect", redirect: { ...redirect, statusCode: "HTTP_302" } }] },
      { loadBalancerArn: balancerArn, defaultActions: [] },
    ],
  }),

  resourceControl({
    id: "edge-tls-policy",
    title: "Listeners speak TLS 1.3, and 1.2 at the least",
    severity: "high",
    why: "AWS's own default still admits TLS 1.0 and ciphers without forward secrecy",
    fix: "set `sslPolicy` to a policy that begins ELBSecurityPolicy-TLS13-1-2-Res- or ELBSecurityPolicy-TLS13-1-3-",
    refs: {
      catalogue: "EKS-ALB-2",
      cis: ["CIS EKS 5.4.5"],
      securityHub: ["ELB.17"],
      checkov: ["CKV_AWS_103", "CKV2_AWS_74"],
      trivy: ["AWS-0047"],
    },
    resource: LISTENER,
    *check({ protocol = "HTTP", sslPolicy }) {
      if (!["HTTPS", "TLS"].includes(protocol)) return;
      // The Ext policies of the same beginning take ciphers without forward secrecy back in.
      if (sslPolicy === undefined || !/^ELBSecurityPolicy-TLS13-1-[23]-(?!.*Ext)/.test(sslPolicy))
        yield { path: "sslPolicy", message: `the listener speaks ${sslPolicy ?? "AWS's default, from 2016"}` };
    },
    good: [
      { ...https, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" },
      { ...https, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      { ...http, defaultActions: [] },
    ],
    bad: [
      https,
      { ...https, sslPolicy: "ELBSecurityPolicy-2016-08" },
      { ...https, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" },
      { ...https, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" },
    ],
  }),

  inventoryControl({
    id: "edge-listeners-after-waf",
    title: "A load balancer listens only once its web ACL is in place",
    severity: "medium",
    why: "what is found within minutes would be attacked before it is guarded",
    fix: "let the listener depend on the web ACL association",
    refs: {},
    about: [LISTENER],
    *check(listener, inventory) {
      for (const balancer of inventory
        .linked(listener, "loadBalancerArn", BALANCER)
        .filter(({ inputs }) => facesInternet(inputs))) {
        const associations = inventory.linking(ASSOCIATION, "resourceArn", balancer);
        if (!associations.some((association) => inventory.isAfter(listener, association)))
          yield "the listener may open before the web ACL guards it";
      }
    },
    good: [listening(true)],
    bad: [listening(false)],
  }),

  resourceControl({
    id: "edge-targets-encrypted",
    title: "The load balancer encrypts what it passes on",
    severity: "high",
    why: "inside the VPC too a request holds passwords and sessions",
    fix: "set the target group's `protocol` to HTTPS or TLS",
    refs: {},
    resource: TARGETS,
    *check({ protocol }) {
      if (protocol === undefined || !["HTTPS", "TLS"].includes(protocol))
        yield { path: "protocol", message: `requests go on as ${protocol ?? "whatever AWS chooses"}` };
    },
    good: [{ protocol: "HTTPS", port: 443 }],
    bad: [{}, { protocol: "HTTP", port: 80 }],
  }),

  inventoryControl({
    id: "edge-targets-kept",
    title: "No `up` replaces a target group by accident",
    severity: "medium",
    why: "the new group is empty until the platform's next `up`, and the load balancer answers nothing meanwhile",
    fix: "make the target group with `protect: true`",
    refs: {},
    about: [TARGETS],
    *check({ protect }) {
      if (!protect) yield "the target group is not protected against replacement";
    },
    good: [[item(TARGETS, "main", {}, { protect: true })]],
    bad: [[item(TARGETS, "main", {})]],
  }),

  resourceControl({
    id: "edge-certificate",
    title: "Certificates come from ACM, are proved by DNS and name every host",
    severity: "high",
    why: "a wildcard speaks for hosts that nobody knows of; a proof by mail is given by whoever reads the mail, and does not renew itself",
    fix: "ask ACM for the hosts by name with `validationMethod: DNS` and a key of 2048 bits or more",
    refs: { catalogue: "EKS-ALB-7", securityHub: ["ACM.2"], checkov: ["CKV2_AWS_71"] },
    resource: CERTIFICATE,
    *check({ domainName, subjectAlternativeNames = [], validationMethod, keyAlgorithm = "RSA_2048" }) {
      if (domainName === undefined || validationMethod !== "DNS")
        yield { path: "validationMethod", message: "the certificate is not proved by DNS" };
      const wildcards = [domainName ?? "", ...subjectAlternativeNames].filter((name) => name.includes("*"));
      if (wildcards.length > 0)
        yield { path: "domainName", message: `the certificate speaks for ${wildcards.join(", ")}` };
      if (!/^(RSA_(2048|3072|4096)|EC_)/.test(keyAlgorithm))
        yield { path: "keyAlgorithm", message: `the key is ${keyAlgorithm}` };
    },
    good: [proved, { ...proved, keyAlgorithm: "EC_prime256v1", subjectAlternativeNames: ["pay.example.com"] }],
    bad: [
      { ...proved, validationMethod: "EMAIL" },
      { ...proved, domainName: "*.example.com" },
      { ...proved, subjectAlternativeNames: ["*.example.com"] },
      { ...proved, keyAlgorithm: "RSA_1024" },
      { privateKey: "…", certificateBody: "…" },
    ],
  }),
];

function listening(waits: boolean) {
  const [balancer, acl, association] = guarded({ internal: false });
  const surroundings = { links: { loadBalancerArn: [balancer] }, after: waits ? [association] : [] };
  return [balancer, acl, association, item(LISTENER, "https", https, surroundings)];
}
