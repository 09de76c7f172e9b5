import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf } from "../iam-document";
import type { Inventory } from "../inventory";
import { BALANCER, balancerArn } from "./example";

const ENGAGEMENT = token<aws.shield.ProactiveEngagementArgs>("aws:shield/proactiveEngagement:ProactiveEngagement");
const ACCESS = token<aws.shield.DrtAccessRoleArnAssociationArgs>(
  "aws:shield/drtAccessRoleArnAssociation:DrtAccessRoleArnAssociation",
);
const PROTECTION = token<aws.shield.ProtectionArgs>("aws:shield/protection:Protection");
const CHECK = token<aws.shield.ProtectionHealthCheckAssociationArgs>(
  "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation",
);
const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

const TEAM = "drt.shield.amazonaws.com";
const POLICY = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy";
const PHONE = /^\+[1-9]\d{1,14}$/;

/** What AWS's own team gets where it is asked for help, judged only where it is. */
export const responseTeam: readonly Control[] = [
  inventoryControl({
    id: "edge-shield-engaged",
    title: "A response team that was asked for help has access, a sign of health and a phone that is answered",
    severity: "medium",
    why: "half of it helps nobody: without a health check the team never calls, without a role it cannot act when it does",
    fix: "register ProactiveEngagement, DrtAccessRoleArnAssociation and a health check for each protected load balancer together",
    refs: { catalogue: "EKS-SHD-3" },
    // As with edge-shield-decided: until they exist, nobody can tell what a protection of something else protects.
    decidedAt: "up",
    about: "stack",
    *check(_stack, inventory) {
      const engagements = inventory.all(ENGAGEMENT);
      const accesses = inventory.all(ACCESS);
      if (engagements.length === 0 && accesses.length === 0) return;
      if (accesses.length === 0) yield "the response team may call, but has no role to act under";
      if (!engagements.some(({ inputs }) => inputs.enabled)) yield "the response team has a role, but calls nobody";
      for (const { inputs } of engagements)
        for (const { emailAddress, phoneNumber } of inputs.emergencyContacts)
          if (!PHONE.test(phoneNumber ?? "")) yield `${emailAddress} has no phone that can be called from abroad`;
      for (const balancer of inventory.all(BALANCER))
        for (const protection of inventory.linking(PROTECTION, "resourceArn", balancer))
          if (inventory.linking(CHECK, "shieldProtectionId", protection).length === 0)
            yield `nothing tells the team whether load balancer ${balancer.name} suffers`;
    },
    good: [[], engaged()],
    bad: [
      engaged({ without: ACCESS.type }),
      engaged({ without: ENGAGEMENT.type }),
      engaged({ without: CHECK.type }),
      engaged({ phone: "030 123456" }),
      engaged({ enabled: false }),
    ],
  }),

  inventoryControl({
    id: "edge-shield-team-role",
    title: "Only the response team takes its role, and it may do what AWS wrote for it and nothing else",
    severity: "high",
    why: "the role is for people of another company; whatever else it could do, they could do",
    fix: "trust drt.shield.amazonaws.com alone and attach AWSShieldDRTAccessPolicy alone",
    refs: { catalogue: "EKS-SHD-3" },
    about: "stack",
    *check(_stack, inventory) {
      for (const access of inventory.all(ACCESS)) {
        const roles = inventory.linked(access, "roleArn", ROLE);
        if (roles.length === 0) yield "the response team's role is not of this stack, so its rights cannot be read";
        for (const role of roles) {
          const trusted = allowsOf(role.inputs.assumeRolePolicy).flatMap(({ principals }) => principals);
          if (trusted.some(({ kind, value }) => kind !== "Service" || value !== TEAM))
            yield `role ${role.name} is not for the response team alone`;
          const attached = policies(role, inventory);
          if (!attached.includes(POLICY)) yield `with role ${role.name} the response team can do nothing`;
          for (const arn of attached.filter((one) => one !== POLICY)) yield `role ${role.name} also carries ${arn}`;
        }
      }
    },
    good: [[], engaged()],
    bad: [
      engaged({ trust: "ec2.amazonaws.com" }),
      engaged({ policy: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      engaged({ without: ROLE.type }),
    ],
  }),
];

function policies(role: Parameters<Inventory["linking"]>[2], inventory: Inventory): readonly string[] {
  return inventory.linking(ATTACHMENT, "role", role).map(({ inputs }) => inputs.policyArn);
}

interface Spoilt {
  readonly without?: string;
  readonly phone?: string;
  readonly enabled?: boolean;
  readonly trust?: string;
  readonly policy?: string;
}

/** A load balancer with everything that the response team needs, unless something is spoilt. */
function engaged({ without = "", phone = "+4930123456", enabled = true, trust = TEAM, policy = POLICY }: Spoilt = {}) {
  const Statement = [{ Effect: "Allow", Principal: { Service: trust }, Action: "sts:AssumeRole" }];
  const balancer = item(BALANCER, "main", {});
  const protection = item(PROTECTION, "main", { resourceArn: balancerArn }, { links: { resourceArn: [balancer] } });
  const role = item(ROLE, "team", { name: "team", assumeRolePolicy: JSON.stringify({ Statement }) });
  const checked = { shieldProtectionId: "p-1", healthCheckArn: "arn" };
  return [
    balancer,
    protection,
    item(CHECK, "main", checked, { links: { shieldProtectionId: [protection] } }),
    role,
    item(ATTACHMENT, "team", { role: "team", policyArn: policy }, { links: { role: [role] } }),
    item(ACCESS, "main", { roleArn: "arn" }, { links: { roleArn: [role] } }),
    item(ENGAGEMENT, "main", { enabled, emergencyContacts: [{ emailAddress: "a@example.com", phoneNumber: phone }] }),
  ].filter(({ type }) => type !== without);
}
