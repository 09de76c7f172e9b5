import type { Behaviour, World } from "../../behaviour";
import { AwsError } from "../../error";
import { globalArn } from "../arn";
import { kept } from "../kept";
import { text } from "../property";

const TOKEN = "aws:iam/serviceLinkedRole:ServiceLinkedRole";

/** What AWS calls the role of a service; others are called after the first label of the principal (not verified). */
const NAMES: Readonly<Record<string, string>> = {
  "eks.amazonaws.com": "AmazonEKS",
  "eks-nodegroup.amazonaws.com": "AmazonEKSNodegroup",
  "eks-fargate.amazonaws.com": "AmazonEKSForFargate",
  "access-analyzer.amazonaws.com": "AccessAnalyzer", // not verified
  "autoscaling.amazonaws.com": "AutoScaling",
  "elasticloadbalancing.amazonaws.com": "ElasticLoadBalancing",
  "guardduty.amazonaws.com": "AmazonGuardDuty", // not verified
  "inspector2.amazonaws.com": "AmazonInspector2",
  "network-firewall.amazonaws.com": "NetworkFirewall",
  "spot.amazonaws.com": "EC2Spot",
  "wafv2.amazonaws.com": "WAFV2Logging",
  "shield.amazonaws.com": "AWSShield",
};

function nameOf(service: string, suffix?: string): string {
  const label = NAMES[service] ?? (service.split(".")[0] ?? service).replace(/^./, (first) => first.toUpperCase());
  return `AWSServiceRoleFor${label}${suffix === undefined ? "" : `_${suffix}`}`;
}

const arnOf = (world: World, service: string, suffix?: string): string =>
  globalArn(world, "iam", `role/aws-service-role/${service}/${nameOf(service, suffix)}`);

/** AWS makes a service's own role with the first thing that needs it, and never takes it away by itself. */
export function ensureServiceLinkedRole(world: World, service: string): void {
  const id = arnOf(world, service);
  if (world.find(TOKEN, id) !== undefined) return;
  world.makeBehindTheBack({
    type: TOKEN,
    id,
    inputs: { awsServiceName: service },
    properties: { awsServiceName: service, arn: id, name: nameOf(service), path: `/aws-service-role/${service}/` },
    note: `${service} made its own role with the first resource that needed it; it costs nothing and stays`,
  });
}

/** The role AWS prepares for one of its services (IAM user guide, "Using service-linked roles"). */
export const serviceLinkedRole: Behaviour = {
  token: TOKEN,
  service: "IAM",
  words: "IAM Service Linked Role",
  replaces: ["awsServiceName", "customSuffix"],
  required: ["awsServiceName"],
  global: true,
  minutes: { delete: 0.5 },
  refuseCreate: ({ world, inputs }) => {
    const service = text(inputs, "awsServiceName") ?? "";
    const suffix = text(inputs, "customSuffix");
    if (world.find(TOKEN, arnOf(world, service, suffix)) !== undefined) {
      const taken = `Service role name ${nameOf(service, suffix)} has been taken in this account`;
      throw new AwsError("InvalidInput", `${taken}, please try a different suffix.`);
    }
  },
  id: ({ world, inputs }) => arnOf(world, text(inputs, "awsServiceName") ?? "", text(inputs, "customSuffix")),
  outputs: ({ world, inputs }, id) => {
    const service = text(inputs, "awsServiceName") ?? "";
    return {
      arn: id,
      name: nameOf(service, text(inputs, "customSuffix")),
      path: `/aws-service-role/${service}/`,
      uniqueId: `AROA${world.hex(17).toUpperCase()}`,
      createDate: kept(world, TOKEN, id, "createDate", world.now()),
    };
  },
};
