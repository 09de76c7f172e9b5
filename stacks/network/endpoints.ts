import * as aws from "@pulumi/aws";

import facts from "../../facts/aws-endpoints.json";
import karpenter from "../../facts/karpenter.json";
import type { ClusterBlueprint } from "../blueprint/schema";
import { buildBuckets } from "../image/source";
import { endpointPolicy } from "./endpoint-policy";
import type { SecurityGroups } from "./groups";
import type { Place, Site } from "./site";
import { named } from "./site";

/**
 * The services reached without leaving the VPC: all a cluster needs where there is no NAT; with NAT those that carry data
 * or credentials and those that controllers call, as no network policy can name a public address. A VPC of others may
 * have no way out, so it gets all.
 */
function endpointServices({ network, karpenter: scaled, tunnel }: ClusterBlueprint): readonly string[] {
  const way = network.mode === "create" && network.nat !== "none";
  // The machine of the tunnel has no way to the internet even where its subnet has one.
  const asked = tunnel === undefined ? [] : SESSIONS;
  const needed = facts.services.filter(({ service, withNat }) => withNat || !way || asked.includes(service));
  const more = scaled === undefined ? [] : karpenter.endpoints;

  return [...new Set([...needed, ...more].map(({ service }) => service))];
}

/** What a machine needs to be reached by Session Manager. */
const SESSIONS = ["ssm", "ssmmessages"];

/**
 * Makes one interface endpoint a service, each with its own policy. S3 is an interface as well: a gateway endpoint is
 * public addresses, which no network policy can name.
 * @control network-endpoints-complete
 * @control network-endpoint-policies
 * @control network-endpoints-private
 */
export function endpoints(site: Site, place: Place, groups: SecurityGroups): void {
  const { name, blueprint, parent } = site;
  const { account, region } = blueprint;

  for (const service of endpointServices(blueprint)) {
    const own = `${name}-${service.replace(".", "-")}`;
    new aws.ec2.VpcEndpoint(
      own,
      {
        vpcId: place.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: place.endpointSubnetIds,
        securityGroupIds: [groups.endpoints.id],
        privateDnsEnabled: true,
        policy: endpointPolicy(service, { account, region, buckets: buildBuckets(blueprint) }),
        // Otherwise AWS demands a gateway endpoint beside it and names of S3 would lead there.
        ...(service === "s3" ? { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } } : {}),
        tags: named(site, own),
      },
      { parent },
    );
  }
}
