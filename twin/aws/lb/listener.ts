import type { Behaviour, Call, Properties, Reference, Stored } from "../../behaviour";
import { AwsError } from "../../error";
import { text } from "../property";
import { LISTENER, LOAD_BALANCER, TARGET_GROUP, validation } from "./token";

const CERTIFICATE = "aws:acm/certificate:Certificate";

const noTargetGroup = (arn: string): AwsError =>
  new AwsError("TargetGroupNotFound", `Target groups '${arn}' not found`);

const actionTarget = (path: string): Reference => ({ path, to: TARGET_GROUP, by: "arn", missing: noTargetGroup });

/** A port of a load balancer; HTTPS needs a certificate that is issued. */
export const listener: Behaviour = {
  token: LISTENER,
  service: "Elastic Load Balancing v2",
  words: "ELBv2 Listener",
  replaces: ["loadBalancerArn"],
  required: ["defaultActions", "loadBalancerArn"],
  minutes: { create: 0.1 },
  defaults: ({ inputs }) => ({
    protocol: "HTTP",
    ...(isEncrypted(inputs) && { sslPolicy: "ELBSecurityPolicy-2016-08" }),
  }),
  references: [
    {
      path: "loadBalancerArn",
      to: LOAD_BALANCER,
      by: "arn",
      missing: (arn) => new AwsError("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`),
    },
    actionTarget("defaultActions[].targetGroupArn"),
    actionTarget("defaultActions[].forward.targetGroups[].arn"),
    {
      path: "certificateArn",
      to: CERTIFICATE,
      unless: (arn) => arn.includes(":server-certificate/"),
      missing: (arn) => new AwsError("CertificateNotFound", `Certificate '${arn}' not found`),
    },
  ],
  refuseCreate: (call) => {
    const { world, inputs } = call;
    const [arn, port] = [text(inputs, "loadBalancerArn"), inputs["port"]];
    const isTwin = ({ inputs: other }: Stored): boolean => other["loadBalancerArn"] === arn && other["port"] === port;
    if (world.all(LISTENER).some(isTwin))
      throw new AwsError(
        "DuplicateListener",
        `A listener already exists on this port for this load balancer '${String(arn)}'`,
      );
    refuseCertificate(call);
  },
  refuseUpdate: refuseCertificate,
  id: ({ world, inputs }) =>
    `${(text(inputs, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${world.hex(16)}`,
  outputs: (_, id) => ({ arn: id }),
};

const isEncrypted = (inputs: Properties): boolean => ["HTTPS", "TLS"].includes(text(inputs, "protocol") ?? "");

function refuseCertificate({ world, inputs }: Call): void {
  if (!isEncrypted(inputs)) return;
  const arn = text(inputs, "certificateArn");
  if (arn === undefined) throw validation("A certificate must be specified for HTTPS listeners");
  const found = world.find(CERTIFICATE, arn);
  if (found !== undefined && found.properties["status"] !== "ISSUED") {
    const needs = "must have a fully-qualified domain name, a supported signature, and a supported key size.";
    throw new AwsError("UnsupportedCertificate", `The certificate '${arn}' ${needs}`);
  }
}
