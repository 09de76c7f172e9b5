import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { leadsToInternet, routedSubnet, SUBNET } from "../route";
import { isSet } from "../unknown";
import { BUILDER, builder as base } from "./example";

const GROUP = token<aws.ec2.SecurityGroupArgs>("aws:ec2/securityGroup:SecurityGroup");
const PROFILE = token<aws.iam.InstanceProfileArgs>("aws:iam/instanceProfile:InstanceProfile");
const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

/** What AWS asks for before a machine can be built by Image Builder, and nothing beyond. */
const ALLOWED = /^arn:aws[\w-]*:iam::aws:policy\/(AmazonSSMManagedInstanceCore|EC2InstanceProfileForImageBuilder)$/;
const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const metadata = { httpTokens: "required", httpPutResponseHopLimit: 1 };

/** What the machines promise on which images are built: whoever owns one owns every node that starts from the image. */
export const builder: readonly Control[] = [
  resourceControl({
    id: "image-builder-metadata",
    title: "Machines that build images give their credentials out for a token only, one hop far",
    severity: "high",
    why: "what a build fetches runs as root beside the credentials of the build",
    fix: 'set `instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }`',
    refs: { catalogue: "EKS-NODE-1" },
    resource: BUILDER,
    *check({ instanceMetadataOptions: options }) {
      if (options?.httpTokens !== "required")
        yield { path: "instanceMetadataOptions.httpTokens", message: "metadata answers without a token" };
      if (options?.httpPutResponseHopLimit !== 1)
        yield {
          path: "instanceMetadataOptions.httpPutResponseHopLimit",
          message: "metadata may travel further than one hop",
        };
    },
    good: [{ ...base, instanceMetadataOptions: metadata }],
    bad: [
      base,
      { ...base, instanceMetadataOptions: { ...metadata, httpTokens: "optional" } },
      { ...base, instanceMetadataOptions: { ...metadata, httpPutResponseHopLimit: 2 } },
      { ...base, instanceMetadataOptions: { httpTokens: "required" } },
    ],
  }),

  resourceControl({
    id: "image-builder-terminated",
    title: "A machine whose build fails is ended",
    severity: "medium",
    why: "what is left behind half hardened, with a role, is patched and watched by nobody",
    fix: "set `terminateInstanceOnFailure: true`; the log group says why the build failed",
    refs: {},
    resource: BUILDER,
    *check({ terminateInstanceOnFailure: ends }) {
      if (ends !== true)
        yield { path: "terminateInstanceOnFailure", message: "a failed build leaves its machine behind" };
    },
    good: [{ ...base, terminateInstanceOnFailure: true }],
    bad: [base, { ...base, terminateInstanceOnFailure: false }],
  }),

  resourceControl({
    id: "image-builder-no-ssh",
    title: "Nobody logs in to a machine that builds images",
    severity: "high",
    why: "what somebody does by hand is in the image and in no repository",
    fix: "leave `keyPair` out; commands go through Systems Manager",
    refs: { catalogue: "EKS-NODE-8" },
    resource: BUILDER,
    *check(one) {
      if (isSet(one, "keyPair")) yield { path: "keyPair", message: "whoever holds the key logs in" };
    },
    good: [base],
    bad: [{ ...base, keyPair: "operations" }],
  }),

  inventoryControl({
    id: "image-builder-private",
    title: "Images are built where the internet cannot reach, in a security group of this stack",
    severity: "high",
    why: "left out, AWS takes the default VPC: a public address and a group that lets everything out",
    fix: "name a private subnet in `subnetId` and a group of this stack in `securityGroupIds`",
    refs: { catalogue: "EKS-NET-4" },
    about: [BUILDER],
    *check(one, inventory) {
      const subnets = isSet(one.inputs, "subnetId") ? inventory.linked(one, "subnetId", SUBNET) : [];
      if (!isSet(one.inputs, "subnetId")) yield { path: "subnetId", message: "the build runs in the default VPC" };
      for (const subnet of subnets) {
        if (leadsToInternet(subnet, inventory)) yield `subnet ${subnet.name} has a route to an internet gateway`;
        if (subnet.inputs.mapPublicIpOnLaunch === true) yield `subnet ${subnet.name} gives out public addresses`;
      }
      if (!isSet(one.inputs, "securityGroupIds") || inventory.linked(one, "securityGroupIds", GROUP).length === 0)
        yield { path: "securityGroupIds", message: "the build is in no security group of this stack" };
    },
    good: [placed("natGatewayId")],
    bad: [
      [item(BUILDER, "main", base)],
      placed("gatewayId"),
      placed("natGatewayId", true),
      placed("natGatewayId", false, false),
    ],
  }),

  inventoryControl({
    id: "image-builder-role-confined",
    title: "A build acts under a role of its own, inside a boundary",
    severity: "high",
    why: "a build runs what it fetched from elsewhere; with a wide role that is the account",
    fix: "give the role a permissions boundary and no managed policy but AmazonSSMManagedInstanceCore",
    refs: { catalogue: "EKS-IAM-19" },
    about: [BUILDER],
    *check(one, inventory) {
      const profiles = inventory.linked(one, "instanceProfileName", PROFILE);
      const roles = profiles.flatMap((profile) => inventory.linked(profile, "role", ROLE));
      if (roles.length === 0)
        yield {
          path: "instanceProfileName",
          message: "the role of the build is not of this stack, so it cannot be read",
        };
      for (const role of roles) {
        if (!isSet(role.inputs, "permissionsBoundary")) yield `role ${role.name} has no boundary`;
        const attached = inventory.linking(ATTACHMENT, "role", role).map(({ inputs }) => inputs.policyArn);
        for (const arn of [...attached, ...(role.inputs.managedPolicyArns ?? [])])
          if (!ALLOWED.test(arn)) yield `role ${role.name} also carries ${arn}`;
      }
    },
    good: [acting(core)],
    bad: [[item(BUILDER, "main", base)], acting(core, {}), acting("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
  }),
];

function placed(by: "gatewayId" | "natGatewayId", mapPublicIpOnLaunch = false, inGroup = true) {
  const [subnet, ...rest] = routedSubnet(by, mapPublicIpOnLaunch);
  const group = item(GROUP, "images", { description: "builds" });
  const inputs = { ...base, subnetId: "subnet-1", ...(inGroup && { securityGroupIds: ["sg-1"] }) };
  const links = { subnetId: [subnet], ...(inGroup && { securityGroupIds: [group] }) };
  return [subnet, ...rest, group, item(BUILDER, "main", inputs, { links })];
}

function acting(policyArn: string, more: object = { permissionsBoundary: "arn:aws:iam::111122223333:policy/b" }) {
  const role = item(ROLE, "images", { assumeRolePolicy: "{}", ...more });
  const profile = item(PROFILE, "images", { role: "images" }, { links: { role: [role] } });
  const attached = item(ATTACHMENT, "images", { role: "images", policyArn }, { links: { role: [role] } });
  return [role, profile, attached, item(BUILDER, "main", base, { links: { instanceProfileName: [profile] } })];
}
