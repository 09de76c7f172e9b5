import type { Behaviour } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text, texts } from "../property";
import { LISTENER, refuseName, suffixOf, TARGET_GROUP, targetsOf, validation } from "./token";

/** Where a listener sends its requests. */
export const targetGroup: Behaviour = {
  token: TARGET_GROUP,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Target Group",
  // What cannot be changed afterwards (ELBv2 API reference, ModifyTargetGroup changes health checks only).
  replaces: [
    "name",
    "namePrefix",
    "port",
    "protocol",
    "protocolVersion",
    "targetType",
    "vpcId",
    "ipAddressType",
    "targetControlPort",
  ],
  autoName: { property: "name" },
  minutes: { create: 0.1 },
  defaults: ({ inputs }) => ({
    deregistrationDelay: 300,
    ipAddressType: "ipv4",
    lambdaMultiValueHeadersEnabled: false,
    proxyProtocolV2: false,
    slowStart: 0,
    targetType: "instance",
    ...(/^HTTPS?$/.test(text(inputs, "protocol") ?? "") && {
      protocolVersion: "HTTP1",
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
    }),
  }),
  references: [
    { path: "vpcId", to: "aws:ec2/vpc:Vpc", missing: (id) => validation(`The VPC ID '${id}' is not found`) }, // wording not verified
  ],
  refuseCreate: ({ world, inputs }) => {
    const name = text(inputs, "name") ?? "";
    refuseName(name);
    if (world.findBy(TARGET_GROUP, "name", name) !== undefined)
      throw new AwsError(
        "DuplicateTargetGroupName",
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    const needed = ["port", "protocol", "vpcId"].find((property) => inputs[property] === undefined);
    if (inputs["targetType"] !== "lambda" && needed !== undefined)
      throw validation(`${needed} must be specified for this target type`);
  },
  refuseDelete: ({ world, stored }) => {
    const users = [LISTENER, "aws:lb/listenerRule:ListenerRule"].flatMap((token) => world.all(token));
    if (users.some(({ inputs }) => targetsOf(inputs).includes(stored.id)))
      throw new AwsError("ResourceInUse", `Target group '${stored.id}' is currently in use by a listener or a rule`);
  },
  id: ({ world, inputs }) =>
    regionalArn(world, "elasticloadbalancing", `targetgroup/${text(inputs, "name") ?? ""}/${world.hex(16)}`),
  outputs: ({ world }, id) => ({
    arn: id,
    arnSuffix: suffixOf(id),
    loadBalancerArns: world
      .all(LISTENER)
      .filter(({ inputs }) => targetsOf(inputs).includes(id))
      .flatMap(({ inputs }) => texts(inputs, "loadBalancerArn")),
  }),
};
