import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { parseBlock } from "../cidr/block";
import type { Network } from "../network";
import type { Site } from "./site";
import { isDualStack } from "./site";

interface Source {
  /** As it stands in the rule's name and description. */
  readonly name: string;
  readonly peer: { readonly cidrIpv4: pulumi.Input<string> } | { readonly cidrIpv6: string };
}

const PORTS = [
  { port: 443, why: "reach the load balancer by HTTPS" },
  { port: 80, why: "are sent from HTTP to HTTPS" },
] as const;

/** Opens the load balancer's own security group to those who may come, on the two ports of the web. */
export function ingress(site: Site, network: Network): void {
  for (const { name, peer } of sources(site, network))
    for (const { port, why } of PORTS)
      new aws.vpc.SecurityGroupIngressRule(
        `${site.name}-from-${name}-${port}`,
        {
          securityGroupId: network.securityGroups.loadBalancer.id,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description: `clients of ${name} ${why}`,
          ...peer,
        },
        { parent: site.parent },
      );
}

function sources(site: Site, network: Network): readonly Source[] {
  const { exposure } = site.edge;
  if (exposure.from !== undefined) return exposure.from.map(named);

  switch (exposure.to) {
    case "internal":
      return [{ name: "vpc", peer: { cidrIpv4: network.vpcCidr } }];
    case "internet":
      return [
        { name: "internet", peer: { cidrIpv4: "0.0.0.0/0" } },
        ...(isDualStack(site) ? [{ name: "internet-ipv6", peer: { cidrIpv6: "::/0" } }] : []),
      ];
  }
}

// A block's colons and slashes would be read as parts of the resource's URN.
function named(cidr: string): Source {
  const name = cidr.replace(/[^0-9a-f.]+/gi, "-");
  return { name, peer: parseBlock(cidr)?.family === 6 ? { cidrIpv6: cidr } : { cidrIpv4: cidr } };
}
