import type { Protocol } from "../flow";

/** Why a load balancer stands on the internet, and what stands before it there. */
export interface Internet {
  /** Stands in the object as an annotation. */
  readonly reason: string;
  /** The ARN of the regional web ACL that judges every request. */
  readonly webAcl: string;
  /** Advanced binds the account to a term and a price of its own; standard is always on. */
  readonly shield: "advanced" | "standard";
}

/** A load balancer as both APIs ask for it: every value judged, nothing left to the controller's defaults. */
export interface LoadBalancer {
  readonly host: string;
  readonly service: { readonly name: string; readonly port: number; readonly protocol: Exclude<Protocol, "tcp"> };
  readonly labels: Readonly<Record<string, string>>;
  readonly certificate: string;
  readonly from: readonly string[];
  readonly logs: string;
  readonly health: string;
  readonly internet?: Internet;
}

/** TLS 1.3 and 1.2 with forward secrecy, and key exchange that outlives quantum computers; the API's own default is of 2016. */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** What the target group speaks, by what the workload speaks. */
export const VERSION = { http: "HTTP1", http2: "HTTP2", grpc: "GRPC" } as const;

/** The annotation that says why a load balancer stands on the internet. */
export const REASON = "bulwark/internet-facing-reason";

/** Names in the load balancer's attributes, and the value that is safe (Elastic Load Balancing, LoadBalancerAttribute). */
export function attributes({ logs, service }: LoadBalancer): Readonly<Record<string, string>> {
  return {
    "access_logs.s3.bucket": logs,
    "access_logs.s3.enabled": "true",
    "access_logs.s3.prefix": service.name,
    "deletion_protection.enabled": "true",
    "routing.http.drop_invalid_header_fields.enabled": "true",
  };
}

export function scheme({ internet }: LoadBalancer): "internal" | "internet-facing" {
  return internet === undefined ? "internal" : "internet-facing";
}

const ARNS = {
  acm: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/,
  wafv2: /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[0-9a-f-]+$/,
};

/**
 * Answers the ARN of a thing of one kind.
 *
 * @throws Error for other ARNs and other strings
 */
export function arn(what: string, kind: keyof typeof ARNS, value: string): string {
  if (ARNS[kind].test(value)) return value;
  const example = { acm: "certificate in ACM", wafv2: "regional web ACL" }[kind];
  throw new Error(`${what} must be the ARN of a ${example}, got "${value}"; copy it whole from its console page`);
}

/** Answers a bucket's name (Amazon S3, "General purpose bucket naming rules"). */
export function bucket(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return name;
  throw new Error(`logs must be the name of a bucket, got "${name}"; write its name, neither ARN nor URL`);
}
