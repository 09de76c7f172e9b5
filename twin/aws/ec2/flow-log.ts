import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { isTrusted } from "../policy-document";
import { present, text } from "../property";
import { ec2, toSubnet, toVpc } from "./reference";

const TOKEN = "aws:ec2/flowLog:FlowLog";
const WATCHED = [
  "vpcId",
  "subnetId",
  "eniId",
  "transitGatewayId",
  "transitGatewayAttachmentId",
  "regionalNatGatewayId",
] as const;

/** J15: the role can be assumed by the service, and no second log says the same. */
function refuse({ world, inputs }: Call): void {
  if (present(inputs, ...WATCHED) !== 1) {
    throw new AwsError("InvalidParameter", `exactly one of ${WATCHED.join(", ")} is needed`);
  }
  const isTransit = present(inputs, "transitGatewayId", "transitGatewayAttachmentId") > 0;
  if (!isTransit && inputs.trafficType === undefined) {
    throw new AwsError("MissingParameter", "The request must contain the parameter TrafficType");
  }
  const interval = inputs.maxAggregationInterval ?? 600;
  if (interval !== 60 && interval !== 600) {
    throw new AwsError("InvalidParameter", "Invalid Max Aggregation Interval");
  }

  const kind = text(inputs, "logDestinationType") ?? "cloud-watch-logs";
  if (kind === "cloud-watch-logs" && !isTrusted(world, text(inputs, "iamRoleArn"), "vpc-flow-logs.amazonaws.com")) {
    throw new AwsError("InvalidParameter", "Unable to assume given IAM role");
  }
  const twin = world
    .all(TOKEN)
    .find(({ inputs: other }) => [...WATCHED, "logDestination"].every((key) => other[key] === inputs[key]));
  if (twin) throw new AwsError("FlowLogAlreadyExists", `There is an existing Flow Log with the same configuration`);
}

/** Flow logs. */
export const flowLog: readonly Behaviour[] = [
  {
    ...ec2("fl"),
    token: TOKEN,
    words: "EC2 Flow Log",
    replaces: "all",
    references: [toVpc("vpcId"), toSubnet("subnetId")],
    defaults: () => ({ logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 }),
    refuseCreate: refuse,
    outputs: ({ world }, id) => ({ arn: regionalArn(world, "ec2", `vpc-flow-log/${id}`) }),
  },
];
