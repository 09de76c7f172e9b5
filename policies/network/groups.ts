import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { EGRESS, GROUP, includesPort, INGRESS, OLD_RULE, ofTheWorld, RULING, rulesOf } from "./rule";

const CLUSTER = token<aws.eks.ClusterArgs>("aws:eks/cluster:Cluster");
const ENDPOINT = token<aws.ec2.VpcEndpointArgs>("aws:ec2/vpcEndpoint:VpcEndpoint");

const ingress = {
  securityGroupId: "sg-1",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  description: "nodes call the API",
};
const web = { ...ingress, cidrIpv4: "0.0.0.0/0" };

/** What security groups let pass. */
export const groups: readonly Control[] = [
  inventoryControl({
    id: "network-rules-described",
    title: "Every security group and rule says what it is for",
    severity: "low",
    why: "nobody dares to remove a hole whose purpose is unknown",
    fix: "give the group and the rule a `description`",
    refs: { catalogue: "EKS-NET-10", checkov: ["CKV_AWS_23"], trivy: ["AWS-0099", "AWS-0124"] },
    about: RULING,
    *check(resource) {
      if (resource.type === GROUP.type && !says(resource.inputs.description))
        yield { path: "description", message: "the group says not what it is for" };
      if (rulesOf(resource).some(({ description }) => !says(description)))
        yield { path: "description", message: "the rule says not what it is for" };
    },
    good: [[item(INGRESS, "api", ingress)], [item(GROUP, "nodes", { description: "nodes and their pods" })]],
    bad: [
      [item(INGRESS, "api", { ...ingress, description: "" })],
      [item(EGRESS, "api", { securityGroupId: "sg-1", ipProtocol: "-1" })],
      [item(GROUP, "nodes", { description: "Managed by Pulumi" })],
      [item(GROUP, "nodes", { description: "nodes", ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443 }] })],
    ],
  }),

  inventoryControl({
    id: "network-no-world-ingress",
    title: "Only load balancers are open to the internet, and only on the ports of the web",
    severity: "critical",
    why: "whatever is open to everybody is found within minutes and attacked for ever",
    fix: "let the rule refer to another security group or to named networks",
    refs: { catalogue: "EKS-NET-9", securityHub: ["EC2.18", "EC2.19"], checkov: ["CKV_AWS_260", "CKV_AWS_277"] },
    about: RULING,
    *check(resource, inventory) {
      for (const rule of rulesOf(resource).filter((one) => one.direction === "ingress" && ofTheWorld(one))) {
        const web = [80, 443].includes(rule.from) && rule.from === rule.to && rule.protocol === "tcp";
        if (!web) yield `${rule.protocol} ${rule.from}-${rule.to} is open to the internet`;
        const group = resource.type === GROUP.type ? resource : inventory.linked(resource, "securityGroupId", GROUP)[0];
        if (group === undefined) continue;
        const inside = [
          ...inventory.linking(CLUSTER, "vpcConfig", group),
          ...inventory.linking(ENDPOINT, "securityGroupIds", group),
        ];
        for (const user of inside) yield `${user.name}, which is no load balancer, is open to the internet`;
      }
    },
    good: [[item(INGRESS, "web", web)], [item(INGRESS, "api", { ...ingress, cidrIpv4: "10.20.0.0/16" })]],
    bad: [
      [item(INGRESS, "web", { ...web, fromPort: 8080, toPort: 8080 })],
      [item(INGRESS, "half", { ...web, fromPort: 0, toPort: 65535, cidrIpv4: "128.0.0.0/1" })],
      [item(INGRESS, "all", { ...ingress, ipProtocol: "-1", cidrIpv6: "::/0" })],
      [
        item(OLD_RULE, "halves", {
          type: "ingress",
          securityGroupId: "sg-1",
          protocol: "udp",
          fromPort: 53,
          toPort: 53,
          cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
        }),
      ],
      [item(GROUP, "nodes", { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] })],
      openCluster(),
    ],
  }),

  inventoryControl({
    id: "network-egress-restricted",
    title: "What leaves for the internet leaves as TLS",
    severity: "medium",
    why: "a group that lets everything out lets stolen data out by every protocol there is",
    fix: "let the rule name TCP 443, a security group, or named networks",
    refs: { catalogue: "EKS-NET-11", checkov: ["CKV_AWS_382"], trivy: ["AWS-0104"] },
    about: RULING,
    *check(resource) {
      for (const rule of rulesOf(resource).filter((one) => one.direction === "egress" && ofTheWorld(one))) {
        const tls = rule.protocol === "tcp" && rule.from === 443 && rule.to === 443;
        if (!tls)
          yield `${rule.protocol === "-1" ? "everything" : `${rule.protocol} ${rule.from}-${rule.to}`} may leave for the internet`;
      }
    },
    good: [
      [item(EGRESS, "tls", { ...ingress, cidrIpv4: "0.0.0.0/0" })],
      [item(EGRESS, "vpc", { ...ingress, ipProtocol: "-1", cidrIpv4: "10.20.0.0/16" })],
    ],
    bad: [
      [item(EGRESS, "all", { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })],
      [item(EGRESS, "all", { ...ingress, toPort: 444, cidrIpv6: "::/0" })],
      [item(GROUP, "nodes", { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] })],
    ],
  }),

  inventoryControl({
    id: "network-no-orphan-groups",
    title: "Every security group is used",
    severity: "low",
    why: "a forgotten group is attached in a hurry one day, with rules that nobody has read for years",
    fix: "attach the group or remove it",
    refs: { catalogue: "EKS-NET-12", checkov: ["CKV2_AWS_5"] },
    about: [GROUP],
    *check(group, { items }) {
      // A group's own rules say what it lets pass, not that anybody uses it.
      const used = items.some(({ propertyDependencies }) =>
        Object.entries(propertyDependencies).some(
          ([property, urns]) => property !== "securityGroupId" && urns.includes(group.urn),
        ),
      );
      if (!used) yield "nothing uses the group";
    },
    good: [openCluster()],
    bad: [
      [item(GROUP, "nodes", {})],
      [
        item(GROUP, "nodes", {}),
        item(INGRESS, "api", ingress, { links: { securityGroupId: [item(GROUP, "nodes", {})] } }),
      ],
    ],
  }),
];

/** The ports by which one administers a machine. */
const LOGIN_PORTS = [22, 3389] as const;

/** Which of those ports a rule opens to everybody. */
export function loginPorts(rule: Parameters<typeof includesPort>[0]): number[] {
  return LOGIN_PORTS.filter((port) => includesPort(rule, port));
}

function says(description: string | undefined): boolean {
  return description !== undefined && description.trim() !== "" && description !== "Managed by Pulumi";
}

function openCluster() {
  const group = item(GROUP, "cluster", { description: "control plane" });
  const rule = item(INGRESS, "web", web, { links: { securityGroupId: [group] } });
  const cluster = item(
    CLUSTER,
    "main",
    { roleArn: "r", vpcConfig: { subnetIds: [], securityGroupIds: ["sg-1"] } },
    { links: { vpcConfig: [group] } },
  );
  return [group, rule, cluster];
}
