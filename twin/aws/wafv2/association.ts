import type { Behaviour } from "../../behaviour";
import { text } from "../property";
import { invalid, nonexistent } from "./error";
import { ACL, ASSOCIATION } from "./token";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** One web ACL a resource; associating another one silently takes the place of the first. */
export const webAclAssociation: Behaviour = {
  token: ASSOCIATION,
  service: "WAFV2",
  words: "WAFv2 Web ACL Association",
  replaces: ["webAclArn", "resourceArn"],
  slot: ["resourceArn"],
  required: ["webAclArn", "resourceArn"],
  references: [{ path: "webAclArn", to: ACL, by: "arn", missing: nonexistent }],
  minutes: { create: 0.5 },
  refuseCreate: ({ world, inputs }) => {
    const arn = text(inputs, "resourceArn") ?? "";
    const wrong = !arn.startsWith("arn:") || arn.includes(":cloudfront:") || arn.includes(":loadbalancer/net/");
    if (wrong)
      throw invalid(
        `The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: ${arn}`,
      );
    if (arn.includes(":loadbalancer/app/") && world.findBy(LOAD_BALANCER, "arn", arn) === undefined)
      throw nonexistent();
  },
  id: ({ inputs }) => `${text(inputs, "webAclArn") ?? ""},${text(inputs, "resourceArn") ?? ""}`,
  outputs: () => ({}),
  // The other association is not refused: it is gone, and only the next refresh of its stack tells.
  afterCreate: ({ world, inputs }, id) => {
    for (const other of world.all(ASSOCIATION))
      if (other.id !== id && other.inputs["resourceArn"] === inputs["resourceArn"])
        world.takeAway(ASSOCIATION, other.id);
  },
};
