import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import type { Item } from "../inventory";
import { confined, loose, looseness } from "../network/confined";
import { GROUP } from "../network/rule";
import { leadsToInternet, routedSubnet, SUBNET } from "../route";
import { isSet } from "../unknown";

const INSTANCE = token<aws.ec2.InstanceArgs>("aws:ec2/instance:Instance");

const base = { instanceType: "t4g.nano", associatePublicIpAddress: false, vpcSecurityGroupIds: ["sg-1"] };
const metadata = (more: object) => ({
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1, ...more },
});
const disk = (more: object) => ({ rootBlockDevice: { encrypted: true, ...more } });

/** The machine that sessions pass through; a single instance here is never anything else. */
export const machine: readonly Control[] = [
  inventoryControl({
    id: "tunnel-closed",
    title: "Nothing reaches the tunnel's machine, and it reaches the API and AWS alone",
    severity: "high",
    why: "a machine that somebody can knock at, or that reaches everything, is the bastion that attackers look for",
    fix: "put it into a private subnet without a public address or key pair, in a group with rules to other groups on 443",
    refs: {},
    about: [INSTANCE],
    *check(instance, inventory) {
      const { associatePublicIpAddress } = instance.inputs;
      if (associatePublicIpAddress !== false)
        yield { path: "associatePublicIpAddress", message: "the subnet decides whether the machine is public" };
      if (isSet(instance.inputs, "keyName")) yield { path: "keyName", message: "whoever holds the key logs in" };
      for (const subnet of inventory.linked(instance, "subnetId", SUBNET))
        if (leadsToInternet(subnet, inventory)) yield { path: "subnetId", message: `${subnet.name} is public` };
      const groups = inventory.linked(instance, "vpcSecurityGroupIds", GROUP);
      if (groups.length === 0)
        yield { path: "vpcSecurityGroupIds", message: "the group is not of this stack, so its rules are unknown" };
      for (const group of groups) yield* looseness(group, inventory);
    },
    good: [standing(), standing({}, routedSubnet("natGatewayId"))],
    bad: [
      [item(INSTANCE, "main-tunnel", base)],
      standing({ associatePublicIpAddress: undefined }),
      standing({ associatePublicIpAddress: true }),
      standing({ keyName: "operations" }),
      standing({}, routedSubnet("gatewayId")),
      standing({}, undefined, loose[0]),
      standing({}, undefined, loose[2]),
    ],
  }),

  resourceControl({
    id: "tunnel-metadata",
    title: "The tunnel's machine answers for metadata by session token, one hop far",
    severity: "high",
    why: "whatever is tricked into fetching a URL there fetches the machine's credentials",
    fix: "set `metadataOptions.httpTokens: required` and `httpPutResponseHopLimit: 1`",
    refs: { catalogue: "EKS-NODE-1", securityHub: ["EC2.8"], checkov: ["CKV_AWS_79"], trivy: ["AWS-0028"] },
    resource: INSTANCE,
    *check({ metadataOptions }) {
      if (metadataOptions?.httpTokens !== "required")
        yield { path: "metadataOptions.httpTokens", message: "metadata is given without a token" };
      if (metadataOptions?.httpPutResponseHopLimit !== 1)
        yield { path: "metadataOptions.httpPutResponseHopLimit", message: "metadata travels further than the machine" };
    },
    good: [metadata({})],
    bad: [base, metadata({ httpTokens: "optional" }), metadata({ httpPutResponseHopLimit: 2 })],
  }),

  resourceControl({
    id: "tunnel-disk-encrypted",
    title: "The disk of the tunnel's machine is encrypted",
    severity: "medium",
    why: "a copy of an unencrypted disk is readable by whoever gets it",
    fix: "set `rootBlockDevice.encrypted: true`, and the same for every other device",
    refs: {},
    resource: INSTANCE,
    *check({ rootBlockDevice, ebsBlockDevices }) {
      if (rootBlockDevice?.encrypted !== true)
        yield {
          path: "rootBlockDevice.encrypted",
          message: "the account's default decides whether the disk is encrypted",
        };
      for (const { deviceName, encrypted } of ebsBlockDevices ?? [])
        if (encrypted !== true) yield { path: "ebsBlockDevices", message: `${deviceName} is not encrypted` };
    },
    good: [disk({})],
    bad: [base, disk({ encrypted: false }), { ...disk({}), ebsBlockDevices: [{ deviceName: "/dev/sdb" }] }],
  }),
];

/** The machine in a subnet and a group, each the first of its list; the rest belongs to it. */
function standing(
  inputs: object = {},
  subnet: readonly Item[] = routedSubnet("natGatewayId"),
  group: readonly Item[] = confined,
): readonly Item[] {
  const links = { subnetId: subnet.slice(0, 1), vpcSecurityGroupIds: group.slice(0, 1) };
  return [...subnet, ...group, item(INSTANCE, "main-tunnel", { ...base, subnetId: "subnet-1", ...inputs }, { links })];
}
