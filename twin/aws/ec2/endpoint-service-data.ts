import type { Invoke } from "../../behaviour";
import { AwsError } from "../../error";
import { hex } from "../../id";
import { regionalArn } from "../arn";
import { text } from "../property";
import { endpointServices } from "./endpoint-service";
import { zonesOf } from "./zone";

/** What AWS says about one of its services' endpoints. */
export const getVpcEndpointService: Invoke = (args, world) => {
  const found = endpointServices(world).find(({ service, serviceName }) =>
    [service, serviceName].includes(text(args, "service") ?? text(args, "serviceName") ?? ""),
  );
  const type = text(args, "serviceType");
  const types = found?.types.filter((one) => type === undefined || one === type) ?? [];
  const [serviceType] = types;
  if (found === undefined || serviceType === undefined) {
    throw new AwsError("NotFound", "no matching EC2 VPC Endpoint Service found");
  }
  if (types.length > 1)
    throw new AwsError(
      "TooManyResults",
      "multiple EC2 VPC Endpoint Services matched; use additional constraints to reduce matches to a single EC2 VPC Endpoint Service",
    );

  const serviceId = `vpce-svc-${hex(17, found.serviceName)}`;
  return {
    ...args,
    id: serviceId,
    region: world.region,
    arn: regionalArn(world, "ec2", `vpc-endpoint-service/${serviceId}`),
    serviceId,
    serviceName: found.serviceName,
    serviceType,
    serviceRegion: world.region,
    privateDnsName: serviceType === "Interface" ? found.privateDnsName : "",
    privateDnsNames: serviceType === "Interface" ? [found.privateDnsName] : [],
    availabilityZones: zonesOf(world.region).map(({ name }) => name),
    baseEndpointDnsNames: [`${found.service}.${world.region}.vpce.amazonaws.com`],
    acceptanceRequired: false,
    managesVpcEndpoints: false,
    owner: "amazon",
    supportedIpAddressTypes: ["ipv4"],
    tags: {},
    vpcEndpointPolicySupported: true,
  };
};
