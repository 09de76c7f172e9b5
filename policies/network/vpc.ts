import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { VPC, vpcWith } from "./example";

const FLOW_LOG = token<aws.ec2.FlowLogArgs>("aws:ec2/flowLog:FlowLog");
const DEFAULT_GROUP = token<aws.ec2.DefaultSecurityGroupArgs>("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
const DEFAULT_ACL = token<aws.ec2.DefaultNetworkAclArgs>("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
const SUBNET = token<aws.ec2.SubnetArgs>("aws:ec2/subnet:Subnet");
const DEFAULT_VPC = token<aws.ec2.DefaultVpcArgs>("aws:ec2/defaultVpc:DefaultVpc");
const BLOCK = token<aws.ec2.VpcBlockPublicAccessOptionsArgs>(
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
);

const open = { protocol: "-1", fromPort: 0, toPort: 0 };
const toAll = { ...open, action: "allow", ruleNo: 100, cidrBlock: "0.0.0.0/0" };

/** What a VPC promises: recorded, closed where AWS leaves it open, and kept. */
export const vpc: readonly Control[] = [
  inventoryControl({
    id: "network-flow-logs",
    title: "Every VPC records its connections",
    severity: "high",
    why: "without flow logs nobody can say where an intruder went, or what left",
    fix: "register `aws.ec2.FlowLog` on the VPC",
    refs: { catalogue: "EKS-LOG-5", securityHub: ["EC2.6"], checkov: ["CKV2_AWS_11"], trivy: ["AWS-0178"] },
    about: [VPC],
    *check(one, inventory) {
      if (inventory.linking(FLOW_LOG, "vpcId", one).length === 0) yield "nothing records the VPC's connections";
    },
    good: [vpcWith((one) => item(FLOW_LOG, "main", {}, { links: { vpcId: [one] } }))],
    bad: [vpcWith()],
  }),

  resourceControl({
    id: "network-flow-logs-all",
    title: "Flow logs record what was accepted and what was refused",
    severity: "medium",
    why: "refusals show the knocking, acceptances the break-in; each alone is half the story",
    fix: 'set `trafficType: "ALL"`',
    refs: { catalogue: "EKS-LOG-5", securityHub: ["EC2.6"] },
    resource: FLOW_LOG,
    *check({ trafficType }) {
      if (trafficType !== "ALL")
        yield { path: "trafficType", message: `the flow log records only ${trafficType ?? "nothing"}` };
    },
    good: [{ trafficType: "ALL" }],
    bad: [{}, { trafficType: "REJECT" }],
  }),

  inventoryControl({
    id: "network-default-group-closed",
    title: "The VPC's default security group lets nothing pass",
    severity: "high",
    why: "whatever names no group falls into this one, and AWS lets its members talk to each other and the world",
    fix: "register `aws.ec2.DefaultSecurityGroup` without rules",
    refs: { catalogue: "EKS-NET-7", securityHub: ["EC2.2"], checkov: ["CKV2_AWS_12"], trivy: ["AWS-0173"] },
    about: [VPC],
    *check(one, inventory) {
      const [group] = inventory.linking(DEFAULT_GROUP, "vpcId", one);
      if (group === undefined) yield "nobody closed the default security group";
      else if (![group.inputs.ingress, group.inputs.egress].every(empty))
        yield "the default security group lets something pass";
    },
    good: [vpcWith((one) => item(DEFAULT_GROUP, "main", { ingress: [], egress: [] }, { links: { vpcId: [one] } }))],
    bad: [
      vpcWith(),
      vpcWith((one) =>
        item(DEFAULT_GROUP, "main", { ingress: [{ ...open, self: true }] }, { links: { vpcId: [one] } }),
      ),
      vpcWith((one) => item(DEFAULT_GROUP, "main", { egress: [open] }, { links: { vpcId: [one] } })),
    ],
  }),

  inventoryControl({
    id: "network-default-acl-closed",
    title: "The VPC's default access list lets nothing pass",
    severity: "medium",
    why: "a subnet that is added by hand falls into it, and AWS lets everything pass there",
    fix: "register `aws.ec2.DefaultNetworkAcl` without entries",
    refs: {},
    about: [VPC],
    *check(one, inventory) {
      const [list] = inventory.linking(DEFAULT_ACL, "defaultNetworkAclId", one);
      if (list === undefined) yield "nobody closed the default access list";
      else if (![list.inputs.ingress, list.inputs.egress].every(empty))
        yield "the default access list lets something pass";
    },
    good: [
      vpcWith((one) =>
        item(DEFAULT_ACL, "main", { defaultNetworkAclId: "acl-1" }, { links: { defaultNetworkAclId: [one] } }),
      ),
    ],
    bad: [
      vpcWith(),
      vpcWith((one) =>
        item(
          DEFAULT_ACL,
          "main",
          { defaultNetworkAclId: "acl-1", ingress: [toAll] },
          { links: { defaultNetworkAclId: [one] } },
        ),
      ),
    ],
  }),

  inventoryControl({
    id: "network-protected",
    title: "No `up` or `destroy` deletes the VPC by accident",
    severity: "high",
    why: "the cluster, its addresses and everything that trusts them go with the VPC",
    fix: "make the VPC with `protect: true`",
    refs: {},
    about: [VPC],
    *check({ protect }) {
      if (!protect) yield "the VPC is not protected against deletion";
    },
    good: [[item(VPC, "main", {}, { protect: true })]],
    bad: [[item(VPC, "main", {})]],
  }),

  resourceControl({
    id: "network-private-names",
    title: "Private names resolve inside the VPC",
    severity: "medium",
    why: "without them nodes find neither the private Kubernetes API nor the endpoints, and go round through the internet",
    fix: "set `enableDnsSupport` and `enableDnsHostnames` to true",
    refs: {},
    resource: VPC,
    *check(one) {
      if (one.enableDnsSupport === false) yield { path: "enableDnsSupport", message: "the VPC resolves no names" };
      if (one.enableDnsHostnames !== true)
        yield { path: "enableDnsHostnames", message: "private names do not resolve" };
    },
    good: [{ enableDnsHostnames: true }, { enableDnsSupport: true, enableDnsHostnames: true }],
    bad: [{}, { enableDnsHostnames: true, enableDnsSupport: false }],
  }),

  resourceControl({
    id: "network-private-subnets",
    title: "Nothing gets a public address by being started",
    severity: "high",
    why: "an instance with a public address is one group rule away from the internet",
    fix: "set `mapPublicIpOnLaunch: false`",
    refs: {
      catalogue: "EKS-NET-4",
      cis: ["CIS EKS 5.4.3"],
      securityHub: ["EC2.15"],
      checkov: ["CKV_AWS_130"],
      trivy: ["AWS-0164"],
      kubescape: ["C-0229"],
    },
    resource: SUBNET,
    *check({ mapPublicIpOnLaunch }) {
      if (mapPublicIpOnLaunch === true)
        yield { path: "mapPublicIpOnLaunch", message: "instances in the subnet get a public address" };
    },
    good: [{ vpcId: "vpc-1" }, { vpcId: "vpc-1", mapPublicIpOnLaunch: false }],
    bad: [{ vpcId: "vpc-1", mapPublicIpOnLaunch: true }],
  }),

  inventoryControl({
    id: "network-no-default-vpc",
    title: "Nothing lives in AWS's default VPC",
    severity: "medium",
    why: "its subnets are public, its groups are open, and every account has one that nobody designed",
    fix: "use the VPC that Network makes",
    refs: { catalogue: "EKS-NET-16", checkov: ["CKV_AWS_148"], trivy: ["AWS-0101"] },
    about: "stack",
    *check(_stack, { items }) {
      for (const { type, name } of items) {
        if (/^aws:ec2\/default(Vpc|Subnet):/.test(type)) yield `${type}::${name} adopts AWS's default network`;
      }
    },
    good: [vpcWith()],
    bad: [[item(DEFAULT_VPC, "default", {})]],
  }),

  inventoryControl({
    id: "network-block-public-access",
    title: "Nobody switches VPC Block Public Access off",
    severity: "medium",
    why: "the switch holds for the whole region: turning it off opens every VPC at once, not only this one",
    fix: "leave the option out, or set `internetGatewayBlockMode` to block-ingress or block-bidirectional",
    refs: { catalogue: "EKS-NET-17", securityHub: ["EC2.172"] },
    about: "stack",
    *check(_stack, inventory) {
      if (inventory.all(BLOCK).some(({ inputs }) => inputs.internetGatewayBlockMode === "off"))
        yield "the region's VPCs may be public again";
    },
    good: [vpcWith(), [item(BLOCK, "main", { internetGatewayBlockMode: "block-ingress" })]],
    bad: [[item(BLOCK, "main", { internetGatewayBlockMode: "off" })]],
  }),
];

function empty(list: readonly unknown[] | undefined): boolean {
  return (list ?? []).length === 0;
}
