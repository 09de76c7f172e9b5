import type { Behaviour, Reference, Stored } from "../../behaviour";
import { AwsError } from "../../error";
import { DHCP_OPTIONS, EIP, NETWORK_ACL, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC, VPC_ENDPOINT } from "./token";

type Held = Pick<Reference, "held">;

const dependency = (message: (other: Stored) => string): Held => ({
  held: (other) => new AwsError("DependencyViolation", message(other)),
});

/** Held: the other cannot be deleted while this one refers to it. */
type Holding = "held" | "free";

const reference =
  (to: string, code: string, missing: (id: string) => string, held: Held) =>
  (path: string, holding: Holding = "free"): Reference => ({
    path,
    to,
    missing: (id) => new AwsError(code, missing(id)),
    ...(holding === "held" ? held : {}),
  });

/** References to a VPC, a subnet …: AWS's errors for one that does not exist or is still needed. */
export const toVpc = reference(
  VPC,
  "InvalidVpcID.NotFound",
  (id) => `The vpc ID '${id}' does not exist`,
  dependency(({ id }) => `The vpc '${id}' has dependencies and cannot be deleted.`),
);

export const toSubnet = reference(
  SUBNET,
  "InvalidSubnetID.NotFound",
  (id) => `The subnet ID '${id}' does not exist`,
  dependency(({ id }) => `The subnet '${id}' has dependencies and cannot be deleted.`),
);

export const toSecurityGroup = reference(
  SECURITY_GROUP,
  "InvalidGroup.NotFound",
  (id) => `The security group '${id}' does not exist`,
  dependency(({ id }) => `resource ${id} has a dependent object`),
);

export const toRouteTable = reference(
  ROUTE_TABLE,
  "InvalidRouteTableID.NotFound",
  (id) => `The routeTable ID '${id}' does not exist`,
  dependency(({ id }) => `The routeTable '${id}' has dependencies and cannot be deleted.`),
);

export const toNetworkAcl = reference(
  NETWORK_ACL,
  "InvalidNetworkAclID.NotFound",
  (id) => `The networkAcl ID '${id}' does not exist`,
  dependency(({ id }) => `network ACL ${id} has dependencies and cannot be deleted`),
);

export const toVpcEndpoint = reference(
  VPC_ENDPOINT,
  "InvalidVpcEndpointId.NotFound",
  (id) => `The Vpc Endpoint Id '${id}' does not exist`,
  {},
);

export const toDhcpOptions = reference(
  DHCP_OPTIONS,
  "InvalidDhcpOptionID.NotFound",
  (id) => `The dhcpOption ID '${id}' does not exist`,
  dependency(({ id }) => `The dhcpOptions '${id}' has dependencies and cannot be deleted.`),
);

/** An address that a NAT gateway holds is not released (rule J7). */
export const toEip = reference(EIP, "InvalidElasticIpID.NotFound", (id) => `The elasticIp ID '${id}' does not exist`, {
  held: () => new AwsError("AuthFailure", "You do not have permission to access the specified resource.", 403),
});

/** What every EC2 type has in common: the service's name, and an id of its prefix and 17 hex digits. */
export function ec2(prefix: string): Pick<Behaviour, "service" | "id"> {
  return { service: "EC2", id: ({ world }) => `${prefix}-${world.hex(17)}` };
}
