import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, type Token, token } from "../control";
import { isSet } from "../unknown";
import { base, GROUP, groupOn, TEMPLATE } from "./example";

const SECURITY_GROUP = token<aws.ec2.SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup");
/** A login can be asked for in either. */
const LOGINS: readonly Token<{ readonly keyName?: string; readonly remoteAccess?: object }>[] = [
  { type: TEMPLATE.type },
  { type: GROUP.type },
];

/** What a node is started as: who reaches its credentials, and how one gets to it. */
export const template: readonly Control[] = [
  resourceControl({
    id: "nodes-metadata-tokens",
    title: "Instance metadata answers only with a session token",
    severity: "critical",
    why: "without the token a web application that fetches any address it is given hands the node's credentials out",
    fix: 'set `metadataOptions.httpTokens: "required"`',
    refs: {
      catalogue: "EKS-NODE-1",
      securityHub: ["EC2.8", "EC2.170", "AutoScaling.3"],
      checkov: ["CKV_AWS_79"],
      trivy: ["AWS-0130", "AWS-0028"],
      kubescape: ["C-0052"],
    },
    resource: TEMPLATE,
    *check({ metadataOptions: options }) {
      if (options?.httpTokens !== "required")
        yield { path: "metadataOptions.httpTokens", message: "metadata answers without a token" };
      if (options?.httpEndpoint === "disabled")
        yield { path: "metadataOptions.httpEndpoint", message: "a node without metadata cannot join" };
    },
    good: [{ metadataOptions: { httpTokens: "required" } }],
    bad: [
      {},
      { metadataOptions: { httpTokens: "optional" } },
      { metadataOptions: { httpTokens: "required", httpEndpoint: "disabled" } },
    ],
  }),

  resourceControl({
    id: "nodes-metadata-hops",
    title: "Pods cannot reach the node's metadata",
    severity: "high",
    why: "one hop further every pod holds the node's role, whatever its own says",
    fix: "set `metadataOptions.httpPutResponseHopLimit: 1`",
    refs: {
      catalogue: "EKS-NODE-2",
      securityHub: ["AutoScaling.4"],
      checkov: ["CKV_AWS_341"],
      kubescape: ["C-0052"],
    },
    resource: TEMPLATE,
    *check({ metadataOptions: options }) {
      const hops = options?.httpPutResponseHopLimit;
      if (hops !== 1)
        yield {
          path: "metadataOptions.httpPutResponseHopLimit",
          message:
            hops === undefined ? "how far metadata travels is left to the image" : `metadata travels ${hops} hops`,
        };
    },
    good: [{ metadataOptions: { httpPutResponseHopLimit: 1 } }],
    bad: [{}, { metadataOptions: { httpPutResponseHopLimit: 2 } }],
  }),

  resourceControl({
    id: "nodes-no-public-address",
    title: "No node has a public address",
    severity: "high",
    why: "a node with a public address is one group rule away from the internet",
    fix: 'set `networkInterfaces[].associatePublicIpAddress: "false"`',
    refs: {
      catalogue: "EKS-NET-5",
      cis: ["CIS EKS 5.4.3"],
      securityHub: ["EC2.25"],
      checkov: ["CKV_AWS_88", "CKV_AWS_389"],
      trivy: ["AWS-0009"],
      kubescape: ["C-0229"],
    },
    resource: TEMPLATE,
    *check({ networkInterfaces = [] }) {
      if (networkInterfaces.length === 0)
        yield { path: "networkInterfaces", message: "whether nodes get a public address is left to the subnet" };
      for (const { associatePublicIpAddress: address } of networkInterfaces)
        if (address !== "false") yield { path: "networkInterfaces", message: "nodes may get a public address" };
    },
    good: [{ networkInterfaces: [{ associatePublicIpAddress: "false" }] }],
    bad: [{}, { networkInterfaces: [{}] }, { networkInterfaces: [{ associatePublicIpAddress: "true" }] }],
  }),

  inventoryControl({
    id: "nodes-own-group",
    title: "Nodes are in a security group of this stack",
    severity: "medium",
    why: "without one EKS puts them into the cluster's own group, in which everything may talk to everything",
    fix: "name the nodes' group in `networkInterfaces[].securityGroups`",
    refs: {},
    about: [TEMPLATE],
    *check(one, inventory) {
      const attached = ["networkInterfaces", "vpcSecurityGroupIds"].flatMap((property) =>
        property in one.inputs ? inventory.linked(one, property, SECURITY_GROUP) : [],
      );
      if (attached.length === 0) yield "the template names no security group of this stack";
    },
    good: [withGroup("networkInterfaces"), withGroup("vpcSecurityGroupIds")],
    bad: [
      [item(TEMPLATE, "main-system", {})],
      [item(TEMPLATE, "main-system", { networkInterfaces: [{ securityGroups: ["sg-0a1b2c3d"] }] })],
    ],
  }),

  inventoryControl({
    id: "nodes-no-ssh",
    title: "Nobody logs in to a node by SSH",
    severity: "high",
    why: "a key pair is a password that no one revokes, and every login leaves changes that nothing records",
    fix: "leave `keyName` and `remoteAccess` out; open a session by Systems Manager where one is needed",
    refs: { catalogue: "EKS-NODE-8", securityHub: ["SSM.1"], checkov: ["CKV_AWS_100"], trivy: ["AWS-0107"] },
    about: LOGINS,
    *check({ inputs }) {
      if (isSet(inputs, "keyName"))
        yield { path: "keyName", message: "whoever has the key pair logs in to every node" };
      if (isSet(inputs, "remoteAccess")) yield { path: "remoteAccess", message: "EKS opens SSH to the nodes" };
    },
    good: [groupOn({})],
    bad: [groupOn({ keyName: "operations" }), groupOn({}, { remoteAccess: { ec2SshKey: "operations" } })],
  }),

  inventoryControl({
    id: "nodes-template-pinned",
    title: "A node group follows one version of a launch template of this stack",
    severity: "high",
    why: "a group without a template takes AWS's defaults, and one that follows $Latest changes when nobody decided it",
    fix: "set `launchTemplate` to the template's id and its number of version",
    refs: { catalogue: "EKS-NODE-4", securityHub: ["AutoScaling.9"], checkov: ["CKV_AWS_315"] },
    decidedAt: "up",
    about: [GROUP],
    *check(group, inventory) {
      const { launchTemplate } = group.inputs;
      if (launchTemplate === undefined) yield { path: "launchTemplate", message: "the group has no launch template" };
      else if (inventory.linked(group, "launchTemplate", TEMPLATE).length === 0)
        yield { path: "launchTemplate", message: "the launch template is not of this stack, so it cannot be judged" };
      else if (!/^\d+$/.test(launchTemplate.version))
        yield { path: "launchTemplate.version", message: `the group follows version ${launchTemplate.version}` };
    },
    good: [groupOn({})],
    bad: [
      [item(GROUP, "main-system", base)],
      groupOn({}, {}, "$Latest"),
      groupOn({}, {}, "$Default"),
      [item(GROUP, "main-system", { ...base, launchTemplate: { id: "lt-2", version: "3" } })],
    ],
  }),
];

function withGroup(property: "networkInterfaces" | "vpcSecurityGroupIds") {
  const group = item(SECURITY_GROUP, "main-nodes", {});
  const inputs =
    property === "networkInterfaces"
      ? { networkInterfaces: [{ securityGroups: ["sg-1"] }] }
      : { vpcSecurityGroupIds: ["sg-1"] };
  return [group, item(TEMPLATE, "main-system", inputs, { links: { [property]: [group] } })];
}
