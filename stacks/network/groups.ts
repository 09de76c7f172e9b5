import * as aws from "@pulumi/aws";

import { discoveredByKarpenter } from "../karpenter/name";
import type { Flow, Party } from "./flows";
import { flows } from "./flows";
import type { Place, Site } from "./site";
import { named, reachesInternet } from "./site";

/** The security groups that the other components attach to what they build. */
export type SecurityGroups = Readonly<Record<Party, aws.ec2.SecurityGroup>>;

const descriptions: Readonly<Record<Party, string>> = {
  cluster: "Network interfaces of the Kubernetes control plane",
  nodes: "Nodes and the pods on them",
  loadBalancer: "The load balancer in front of the ingress gateway",
  endpoints: "Interface endpoints of AWS services",
};

/**
 * Makes the four groups and one pair of rules for every flow. A group without a rule lets nothing pass in either
 * direction: the provider takes EC2's own allow-all egress rule away.
 * @control network-rules-described
 * @control network-no-world-ingress
 * @control network-egress-restricted
 * @control network-control-plane-ports
 */
export function securityGroups(site: Site, place: Place): SecurityGroups {
  const groups: SecurityGroups = {
    cluster: group(site, place, "cluster"),
    nodes: group(site, place, "nodes"),
    loadBalancer: group(site, place, "loadBalancer"),
    endpoints: group(site, place, "endpoints"),
  };

  for (const flow of flows(reachesInternet(site.blueprint))) rules(site, groups, flow);
  return groups;
}

const words: Readonly<Record<Party | "internet", string>> = {
  cluster: "cluster",
  nodes: "nodes",
  loadBalancer: "load-balancer",
  endpoints: "endpoints",
  internet: "internet",
};

function group(site: Site, { vpcId }: Place, party: Party): aws.ec2.SecurityGroup {
  const own = `${site.name}-${words[party]}`;
  const found = party === "nodes" ? discoveredByKarpenter(site.blueprint) : {};
  const args = { vpcId, description: descriptions[party], tags: { ...named(site, own), ...found } };

  return new aws.ec2.SecurityGroup(own, args, { parent: site.parent });
}

function rules({ name, blueprint, parent }: Site, groups: SecurityGroups, flow: Flow): void {
  const [fromPort, toPort] = typeof flow.port === "number" ? [flow.port, flow.port] : flow.port;
  const traffic = { ipProtocol: flow.protocol, fromPort, toPort, description: flow.why };
  const label = typeof flow.port === "number" ? `${flow.protocol}-${flow.port}` : flow.protocol;
  const leaving = `${name}-${words[flow.from]}-to-${words[flow.to]}-${label}`;
  const egress = { securityGroupId: groups[flow.from].id, ...traffic };

  if (flow.to === "internet") {
    new aws.vpc.SecurityGroupEgressRule(leaving, { ...egress, cidrIpv4: "0.0.0.0/0" }, { parent });
    if (blueprint.network.pods === "ipv6")
      new aws.vpc.SecurityGroupEgressRule(`${leaving}-ipv6`, { ...egress, cidrIpv6: "::/0" }, { parent });
    return;
  }

  const arriving = `${name}-${words[flow.to]}-from-${words[flow.from]}-${label}`;
  const ingress = { securityGroupId: groups[flow.to].id, ...traffic };
  new aws.vpc.SecurityGroupEgressRule(
    leaving,
    { ...egress, referencedSecurityGroupId: groups[flow.to].id },
    { parent },
  );
  new aws.vpc.SecurityGroupIngressRule(
    arriving,
    { ...ingress, referencedSecurityGroupId: groups[flow.from].id },
    { parent },
  );
}
