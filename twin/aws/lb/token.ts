import type { Properties } from "../../behaviour";
import { AwsError } from "../../error";
import { objects, texts } from "../property";

/** The tokens of load balancing that know each other. */
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const LISTENER = "aws:lb/listener:Listener";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** The error of a request whose values ELB does not take. */
export const validation = (message: string): AwsError => new AwsError("ValidationError", message);

/** Refuses a name that load balancers and target groups cannot have. */
export function refuseName(name: string): void {
  if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name))
    throw validation(`The load balancer name '${name}' can have at most 32 of A-Z, a-z, 0-9 and -`);
}

/** What comes last in an ARN, as CloudWatch's dimensions name a load balancer or target group. */
export const suffixOf = (arn: string): string => arn.replace(/^.*:(loadbalancer\/)?/, "");

/** The target groups that a listener's actions name. */
export const targetsOf = (inputs: Properties): readonly string[] =>
  objects(inputs, "defaultActions").flatMap((action) => [
    ...texts(action, "targetGroupArn"),
    ...objects(action, "forward.targetGroups").flatMap((group) => texts(group, "arn")),
  ]);
