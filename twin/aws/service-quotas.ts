import type { Invoke } from "../behaviour";
import { AwsError } from "../error";
import { text } from "./property";

/** A quota: service, code, name, AWS's own value, and another one that the twin's account has. */
interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly value: number;
  /** The twin's own assumption of an account in which somebody asked for more. */
  readonly raised?: number;
  /** IAM's quotas belong to no region and are told in us-east-1 only. */
  readonly global?: true;
}

/**
 * Defaults of the VPC's quotas: Amazon VPC user guide, "Amazon VPC quotas". IAM's: IAM user guide, "IAM and AWS STS quotas". The
 * others stand in public records of 2026 and are not verified. Codes: public records, each in several of them.
 */
const QUOTAS: readonly Quota[] = [
  { service: "vpc", code: "L-F678F1CE", name: "VPCs per Region", value: 5 },
  { service: "vpc", code: "L-407747CB", name: "Subnets per VPC", value: 200 },
  { service: "vpc", code: "L-FE5A380F", name: "NAT gateways per Availability Zone", value: 5 },
  { service: "vpc", code: "L-29B6F2EB", name: "Interface VPC endpoints per VPC", value: 50 },
  { service: "vpc", code: "L-E79EC296", name: "VPC security groups per Region", value: 2500 },
  { service: "vpc", code: "L-0EA8095F", name: "Inbound or outbound rules per security group", value: 60 },
  { service: "vpc", code: "L-2AEEBF1A", name: "Rules per network ACL", value: 20 },
  { service: "ec2", code: "L-0263D0A3", name: "EC2-VPC Elastic IPs", value: 5 },
  {
    service: "ec2",
    code: "L-1216C47A",
    name: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    value: 5,
    raised: 64, // with five vCPUs no account runs a cluster of three zones
  },
  {
    service: "ec2",
    code: "L-34B43A08",
    name: "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests",
    value: 5,
  },
  { service: "eks", code: "L-1194D53C", name: "Clusters", value: 100 },
  { service: "eks", code: "L-6D54EA21", name: "Managed node groups per cluster", value: 30 },
  { service: "elasticloadbalancing", code: "L-53DA6B97", name: "Application Load Balancers per Region", value: 50 },
  { service: "kms", code: "L-C2F1777E", name: "Customer Master Keys (CMKs)", value: 100_000 },
  { service: "iam", code: "L-FE177D64", name: "Roles per account", value: 1000, global: true },
  { service: "iam", code: "L-E95E4862", name: "Customer managed policies per account", value: 1500, global: true },
  { service: "iam", code: "L-0DA4ABF3", name: "Managed policies per role", value: 10, global: true },
  { service: "iam", code: "L-858F3967", name: "OpenId connect providers per account", value: 100, global: true },
];

const getServiceQuota: Invoke = (args, world) => {
  const [service, code] = [text(args, "serviceCode"), text(args, "quotaCode")];
  const region = text(args, "region") ?? world.region;
  const found = QUOTAS.find(
    (quota) => quota.service === service && quota.code === code && (quota.global !== true || region === "us-east-1"),
  );
  if (found === undefined)
    throw new AwsError(
      "NoSuchResourceException",
      "The request failed because the specified service quota does not exist.",
      404,
    ); // wording not verified
  const { name, value, raised, global = false } = found;
  const arn = `arn:aws:servicequotas:${global ? "" : region}:${world.accountId}:${service ?? ""}/${code ?? ""}`;
  return {
    adjustable: true,
    arn,
    defaultValue: value,
    globalQuota: global,
    id: arn,
    quotaCode: code,
    quotaName: name,
    region,
    serviceCode: service,
    serviceName: service, // the name in words is not known here
    usageMetrics: [],
    value: world.given.quotas?.[`${service ?? ""}/${code ?? ""}`] ?? raised ?? value,
  };
};

/** What Service Quotas answers to look-ups. */
export const serviceQuotasInvokes: Readonly<Record<string, Invoke>> = {
  "aws:servicequotas/getServiceQuota:getServiceQuota": getServiceQuota,
};
