import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Keys } from "../keys";
import { accessLists } from "./acl";
import { routes } from "./routes";
import type { CreatedNetwork, Place, Site } from "./site";
import { named } from "./site";
import { subnets } from "./subnets";

/** Makes a VPC of our own with its subnets, routes and access lists, and closes what AWS leaves open in a new one. */
export function createdPlace(site: Site, network: CreatedNetwork, keys: Keys): Place {
  const vpc = virtualNetwork(site, network);
  closeDefaults(site, vpc);
  const zones = subnets(site, network, vpc);
  routes(site, network, vpc, zones, keys);
  accessLists(site, network, vpc, zones);

  const privateSubnetIds = zones.map((zone) => zone.private.id);
  return {
    vpcId: vpc.id,
    vpcCidr: vpc.cidrBlock,
    publicSubnetIds: zones.flatMap((zone) => zone.public?.id ?? []),
    privateSubnetIds,
    intraSubnetIds: zones.map(({ intra }) => intra.id),
    blocks: {
      public: zones.flatMap((zone) => (zone.public === undefined ? [] : blocksOf(zone.public, network))),
      private: zones.flatMap((zone) => blocksOf(zone.private, network)),
      intra: zones.flatMap(({ intra }) => blocksOf(intra, network)),
    },
    endpointSubnetIds: privateSubnetIds,
  };
}

/** The subnet's blocks as the blueprint and AWS gave them to it; it has both, or it would not exist. */
function blocksOf(subnet: aws.ec2.Subnet, { pods }: CreatedNetwork): pulumi.Output<string>[] {
  const given = (block: pulumi.Output<string | undefined>) => block.apply((text) => text ?? "");
  return [given(subnet.cidrBlock), ...(pods === "ipv6" ? [given(subnet.ipv6CidrBlock)] : [])];
}

/**
 * @control network-private-names
 * @control network-protected
 */
function virtualNetwork(site: Site, { cidr, pods }: CreatedNetwork): aws.ec2.Vpc {
  const { name, blueprint, parent } = site;

  return new aws.ec2.Vpc(
    name,
    {
      cidrBlock: cidr,
      // Private names of endpoints and of the Kubernetes API need both; AWS leaves the second off.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(pods === "ipv6" ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: named(site, name),
    },
    { parent, protect: blueprint.teardown === undefined },
  );
}

/**
 * Empties the group and the access list that whatever names none falls into.
 * @control network-default-group-closed
 * @control network-default-acl-closed
 */
function closeDefaults(site: Site, vpc: aws.ec2.Vpc): void {
  const { name, parent } = site;
  const tags = named(site, `${name}-closed`);

  new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [], tags }, { parent });
  new aws.ec2.DefaultNetworkAcl(
    name,
    { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], tags },
    { parent },
  );
}
