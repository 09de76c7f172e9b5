import { type Control, inventoryControl, item, resourceControl } from "../control";
import { BALANCER } from "./example";

const named = ["internal", "internet"];

/** What every load balancer promises of itself. */
export const balancer: readonly Control[] = [
  resourceControl({
    id: "edge-exposure-declared",
    title: "A load balancer says whether the internet finds it, and somebody decided so",
    severity: "high",
    why: "AWS puts a load balancer on the internet when nobody says otherwise",
    fix: "set `internal`, and the tag bulwark:exposure to internal or internet",
    refs: { catalogue: "EKS-ALB-6", trivy: ["AWS-0053"], kubescape: ["C-0256"] },
    resource: BALANCER,
    *check({ internal, tags = {} }) {
      const declared = tags["bulwark:exposure"];
      if (internal === undefined) yield { path: "internal", message: "nobody said whether the internet finds it" };
      if (declared === undefined || !named.includes(declared))
        yield { path: "tags", message: "the tag bulwark:exposure says neither internal nor internet" };
      else if (internal !== undefined && internal !== (declared === "internal"))
        yield { path: "internal", message: `it is declared ${declared} and is the opposite` };
    },
    good: [
      { internal: true, tags: { "bulwark:exposure": "internal" } },
      { internal: false, tags: { "bulwark:exposure": "internet" } },
    ],
    bad: [{}, { internal: false }, { internal: false, tags: { "bulwark:exposure": "internal" } }],
  }),

  resourceControl({
    id: "edge-waf-fail-closed",
    title: "No request passes when AWS WAF does not answer",
    severity: "high",
    why: "whoever can overload the web ACL would otherwise switch it off",
    fix: "leave `enableWafFailOpen` unset or false",
    refs: { catalogue: "EKS-WAF-5" },
    resource: BALANCER,
    *check({ enableWafFailOpen }) {
      if (enableWafFailOpen === true)
        yield { path: "enableWafFailOpen", message: "requests pass uninspected when AWS WAF does not answer" };
    },
    good: [{}, { enableWafFailOpen: false }],
    bad: [{ enableWafFailOpen: true }],
  }),

  resourceControl({
    id: "edge-invalid-headers-dropped",
    title: "Header fields that HTTP does not know do not reach the gateway",
    severity: "medium",
    why: "what two servers read differently lets a request through that one of them would have refused",
    fix: "set `dropInvalidHeaderFields: true`",
    refs: { catalogue: "EKS-ALB-3", securityHub: ["ELB.4"], checkov: ["CKV_AWS_131"], trivy: ["AWS-0052"] },
    resource: BALANCER,
    *check({ dropInvalidHeaderFields }) {
      if (dropInvalidHeaderFields !== true)
        yield { path: "dropInvalidHeaderFields", message: "invalid header fields are passed on" };
    },
    good: [{ dropInvalidHeaderFields: true }],
    bad: [{}, { dropInvalidHeaderFields: false }],
  }),

  resourceControl({
    id: "edge-desync-mitigation",
    title: "Ambiguous requests are not passed on as they came",
    severity: "medium",
    why: "by request smuggling one client's request is answered with another's session",
    fix: "set `desyncMitigationMode` to defensive or strictest",
    refs: { catalogue: "EKS-ALB-4", securityHub: ["ELB.12"], checkov: ["CKV_AWS_328"] },
    resource: BALANCER,
    // AWS's own default is defensive, so absent is right.
    *check({ desyncMitigationMode = "defensive" }) {
      if (!["defensive", "strictest"].includes(desyncMitigationMode))
        yield {
          path: "desyncMitigationMode",
          message: `ambiguous requests are only watched (${desyncMitigationMode})`,
        };
    },
    good: [{}, { desyncMitigationMode: "strictest" }],
    bad: [{ desyncMitigationMode: "monitor" }],
  }),

  resourceControl({
    id: "edge-forwarded-for-appended",
    title: "The client's address is the last one in X-Forwarded-For",
    severity: "medium",
    why: "where the client's own header is preserved, it says who it is; limits and logs then believe it",
    fix: "leave `xffHeaderProcessingMode` unset or append",
    refs: {},
    resource: BALANCER,
    *check({ xffHeaderProcessingMode: mode = "append" }) {
      if (mode !== "append")
        yield { path: "xffHeaderProcessingMode", message: `the client's address is not added (${mode})` };
    },
    good: [{}, { xffHeaderProcessingMode: "append" }],
    bad: [{ xffHeaderProcessingMode: "preserve" }, { xffHeaderProcessingMode: "remove" }],
  }),

  inventoryControl({
    id: "edge-deletion-protection",
    title: "No `up`, `destroy` or click deletes a load balancer by accident",
    severity: "medium",
    why: "with it goes the address that every name leads to, and the web ACL's hold",
    fix: "set `enableDeletionProtection: true` and `protect: true`",
    refs: { catalogue: "EKS-ALB-5", securityHub: ["ELB.6"], checkov: ["CKV_AWS_150"] },
    about: [BALANCER],
    *check({ inputs, protect }) {
      if (inputs.enableDeletionProtection !== true)
        yield { path: "enableDeletionProtection", message: "AWS deletes the load balancer without asking" };
      if (!protect) yield "an `up` may delete the load balancer";
    },
    good: [[item(BALANCER, "main", { enableDeletionProtection: true }, { protect: true })]],
    bad: [
      [item(BALANCER, "main", {}, { protect: true })],
      [item(BALANCER, "main", { enableDeletionProtection: true })],
    ],
  }),

  resourceControl({
    id: "edge-access-logs",
    title: "Load balancers write down every request",
    severity: "medium",
    why: "what nobody wrote down cannot be investigated",
    fix: "set `accessLogs` with a bucket and `enabled: true`",
    refs: { catalogue: "EKS-LOG-7", securityHub: ["ELB.5"], checkov: ["CKV_AWS_91"] },
    resource: BALANCER,
    *check({ accessLogs }) {
      if (accessLogs?.enabled !== true) yield { path: "accessLogs", message: "requests are not written down" };
    },
    good: [{ accessLogs: { bucket: "logs", enabled: true } }],
    bad: [{}, { accessLogs: { bucket: "logs" } }],
  }),

  resourceControl({
    id: "edge-connection-logs",
    title: "Load balancers write down every TLS handshake, the failed ones too",
    severity: "low",
    why: "who tries old protocols or wrong certificates never makes a request and stays out of the access log",
    fix: "set `connectionLogs` with a bucket and `enabled: true`",
    refs: {},
    resource: BALANCER,
    *check({ connectionLogs }) {
      if (connectionLogs?.enabled !== true)
        yield { path: "connectionLogs", message: "handshakes are not written down" };
    },
    good: [{ connectionLogs: { bucket: "logs", enabled: true } }],
    bad: [{}, { connectionLogs: { bucket: "logs", enabled: false } }],
  }),
];
