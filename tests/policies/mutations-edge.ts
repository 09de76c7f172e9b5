import { GONE, type Mutation, statement } from "./mutation";

type Rule = Readonly<Record<string, unknown>> & { readonly name: string };

/** The web ACL's rules with one changed or taken away. */
const rule =
  (name: string, more: object | undefined) =>
  (rules: readonly Rule[]): readonly Rule[] => {
    if (!rules.some((one) => one.name === name)) throw new Error(`the web ACL has no rule ${name}`);
    return rules.flatMap((one) => (one.name !== name ? [one] : more === undefined ? [] : [{ ...one, ...more }]));
  };

const forward = [
  { type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/x/1" },
];
const unseen = { cloudwatchMetricsEnabled: false, sampledRequestsEnabled: true, metricName: "x" };

/** What is flipped in the edge of the production stack. */
export const mutations: readonly Mutation[] = [
  ["LoadBalancer main", "internal", GONE, ["edge-exposure-declared"]],
  ["LoadBalancer main", "internal", true, ["edge-exposure-declared"]],
  ["LoadBalancer main", "tags", GONE, ["edge-exposure-declared", "edge-shield-decided"]],
  ["LoadBalancer main", "tags", { "bulwark:exposure": "internet" }, ["edge-shield-decided"]],
  ["LoadBalancer main", "enableWafFailOpen", true, ["edge-waf-fail-closed"]],
  ["LoadBalancer main", "dropInvalidHeaderFields", false, ["edge-invalid-headers-dropped"]],
  ["LoadBalancer main", "dropInvalidHeaderFields", GONE, ["edge-invalid-headers-dropped"]],
  ["LoadBalancer main", "desyncMitigationMode", "monitor", ["edge-desync-mitigation"]],
  ["LoadBalancer main", "xffHeaderProcessingMode", "preserve", ["edge-forwarded-for-appended"]],
  ["LoadBalancer main", "enableDeletionProtection", false, ["edge-deletion-protection"]],
  ["LoadBalancer main", "enableDeletionProtection", GONE, ["edge-deletion-protection"]],
  ["LoadBalancer main", "protect", false, ["edge-deletion-protection"]],
  ["LoadBalancer main", "accessLogs.enabled", false, ["edge-access-logs"]],
  ["LoadBalancer main", "connectionLogs", GONE, ["edge-connection-logs"]],
  ["LoadBalancer main", "connectionLogs.enabled", GONE, ["edge-connection-logs"]],

  ["Listener main-http", "defaultActions", forward, ["edge-tls-listeners"]],
  ["Listener main-https", "protocol", "HTTP", ["edge-tls-listeners"]],
  ["Listener main-https", "sslPolicy", GONE, ["edge-tls-policy"]],
  ["Listener main-https", "sslPolicy", "ELBSecurityPolicy-2016-08", ["edge-tls-policy"]],
  ["TargetGroup main", "protocol", "HTTP", ["edge-targets-encrypted"]],
  ["TargetGroup main", "protect", false, ["edge-targets-kept"]],
  ["Certificate main", "validationMethod", "EMAIL", ["edge-certificate"]],
  ["Certificate main", "domainName", "*.example.com", ["edge-certificate"]],
  ["Certificate main", "keyAlgorithm", "RSA_1024", ["edge-certificate"]],

  ["WebAclAssociation main", "", GONE, ["edge-listeners-after-waf", "edge-waf-associated"]],
  ["WebAcl main", "scope", "CLOUDFRONT", ["edge-waf-associated"]],
  ["WebAcl main", "rules", [], ["edge-waf-baseline", "edge-waf-enforced"]],
  ["WebAcl main", "rules", rule("common", undefined), ["edge-waf-baseline"]],
  ["WebAcl main", "rules", rule("known-bad-inputs", undefined), ["edge-waf-baseline"]],
  ["WebAcl main", "rules", rule("ip-reputation", undefined), ["edge-waf-baseline"]],
  ["WebAcl main", "rules", rule("anti-ddos", undefined), ["edge-waf-baseline"]],
  ["WebAcl main", "rules", rule("rate-limit", undefined), ["edge-waf-baseline"]],
  ["WebAcl main", "rules", rule("rate-limit", { action: { count: {} } }), ["edge-waf-baseline", "edge-waf-enforced"]],
  ["WebAcl main", "rules", rule("common", { overrideAction: { count: {} } }), ["edge-waf-enforced"]],
  ["WebAcl main", "rules", rule("common", { visibilityConfig: unseen }), ["edge-waf-metrics"]],
  ["WebAcl main", "visibilityConfig.sampledRequestsEnabled", false, ["edge-waf-metrics"]],
  ["WebAclLoggingConfiguration main", "", GONE, ["edge-waf-logged"]],
  ["WebAclLoggingConfiguration main", "redactedFields", GONE, ["edge-waf-log-redacted"]],
  ["LogGroup main-waf", "name", "waf", ["edge-waf-logged"]],
  ["LogGroup main-waf", "kmsKeyId", GONE, ["logs-encrypted"]],
  ["LogGroup main-waf", "protect", false, ["logs-protected"]],

  ["BucketPublicAccessBlock main-logs", "", GONE, ["bucket-public-access-block"]],
  ["BucketPolicy main-logs", "policy", statement("TlsOnly", { Effect: "Allow" }), ["bucket-tls-only"]],
  ["BucketVersioning main-logs", "", GONE, ["bucket-versioned"]],
  ["BucketServerSideEncryptionConfiguration main-logs", "", GONE, ["bucket-encrypted"]],
  ["Bucket main-logs", "protect", false, ["bucket-kept"]],
  ["SecurityGroupIngressRule main-from-internet-443", "toPort", 444, ["network-no-world-ingress"]],
  ["SecurityGroupIngressRule main-from-internet-80", "description", GONE, ["network-rules-described"]],
];
