import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { ensureServiceLinkedRole } from "../iam/service-linked-role";
import { text, texts } from "../property";
import { invalid, nonexistent } from "./error";
import { ACL } from "./token";

/** Where a web ACL writes what it saw: one destination, whose name begins with `aws-waf-logs-` (rule J44). */
export const webAclLoggingConfiguration: Behaviour = {
  token: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  service: "WAFV2",
  words: "WAFv2 WebACL Logging Configuration",
  replaces: ["logDestinationConfigs", "resourceArn"],
  slot: ["resourceArn"],
  required: ["logDestinationConfigs", "resourceArn"],
  references: [{ path: "resourceArn", to: ACL, by: "arn", missing: nonexistent }],
  refuseCreate: ({ world, inputs }) => {
    const [destination, ...others] = texts(inputs, "logDestinationConfigs");
    const [, , service, region, , ...rest] = (destination ?? "").split(":");
    const name = rest.join(":").replace(/^(log-group:|deliverystream\/)/, "");
    const here = service === "s3" || region === world.region;
    if (others.length > 0 || !here || !name.startsWith("aws-waf-logs-"))
      throw invalid(
        `The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${destination ?? ""}`,
      );
    // The provider's log group ARN may carry the suffix for its streams.
    const group = (destination ?? "").replace(/:\*$/, "");
    if (service === "logs" && world.findBy("aws:cloudwatch/logGroup:LogGroup", "arn", group) === undefined)
      throw new AwsError(
        "WAFLogDestinationPermissionIssueException",
        "Unable to deliver logs to the configured destination.",
      );
  },
  afterCreate: ({ world }) => {
    ensureServiceLinkedRole(world, "wafv2.amazonaws.com");
  },
  id: ({ inputs }) => text(inputs, "resourceArn") ?? "",
  outputs: () => ({}),
};
