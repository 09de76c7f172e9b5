import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, resourceControl, token } from "../control";
import { allowsOf, covers } from "../iam-document";
import { cloudConfig, nodeConfig } from "../user-data/example";
import { readUserData } from "../user-data/read";
import { GROUP, groupOn, TEMPLATE, volume } from "./example";

const KEY = token<aws.kms.KeyArgs>("aws:kms/key:Key");
const LAUNCHER = "AWSServiceRoleForAutoScaling";

/** The devices that each image family has; one that the template does not name takes its settings from the image. */
const DEVICES: readonly (readonly [family: string, devices: readonly string[]])[] = [
  ["BOTTLEROCKET_", ["/dev/xvda", "/dev/xvdb"]],
  ["AL2023_", ["/dev/xvda"]],
];

/** The devices of a group's nodes; an image that is named tells its family only by what its nodes are told. */
function devicesOf(amiType: string, template: { readonly userData?: string | undefined }): readonly string[] {
  if (amiType === "CUSTOM" && readUserData(template.userData).kind === "cloud-config") return ["/dev/sda1"];
  return DEVICES.find(([prefix]) => amiType.startsWith(prefix))?.[1] ?? ["/dev/xvda"];
}

/** What lies on the nodes' volumes. */
export const volumes: readonly Control[] = [
  resourceControl({
    id: "nodes-volumes-encrypted",
    title: "Every volume of a node is encrypted",
    severity: "high",
    why: "a node's volume holds images, logs and the secrets that pods wrote to their disk",
    fix: 'set `ebs.encrypted: "true"` for every device',
    refs: {
      catalogue: "EKS-ENC-3",
      securityHub: ["EC2.3", "EC2.181"],
      checkov: ["CKV_AWS_8", "CKV_AWS_3"],
      trivy: ["AWS-0131", "AWS-0008", "AWS-0026"],
    },
    resource: TEMPLATE,
    *check({ blockDeviceMappings = [] }) {
      if (blockDeviceMappings.length === 0)
        yield { path: "blockDeviceMappings", message: "the template leaves encryption to the image" };
      for (const { deviceName, ebs } of blockDeviceMappings)
        if (ebs?.encrypted !== "true")
          yield { path: "blockDeviceMappings", message: `volume ${deviceName ?? "without a name"} is not encrypted` };
    },
    good: [{ blockDeviceMappings: [volume("/dev/xvda")] }],
    bad: [{}, { blockDeviceMappings: [volume("/dev/xvda"), volume("/dev/xvdb", "false")] }],
  }),

  inventoryControl({
    id: "nodes-volumes-complete",
    title: "The template names every device of the nodes' operating system",
    severity: "high",
    why: "Bottlerocket has two, and the one that is forgotten is the one with the containers on it",
    fix: "map /dev/xvda, on Bottlerocket /dev/xvdb too, and on Ubuntu /dev/sda1",
    refs: { catalogue: "EKS-ENC-3", securityHub: ["EC2.3", "EC2.181"] },
    decidedAt: "up",
    about: [GROUP],
    *check(group, inventory) {
      for (const template of inventory.linked(group, "launchTemplate", TEMPLATE)) {
        const needed = devicesOf(group.inputs.amiType ?? "", template.inputs);
        const named = (template.inputs.blockDeviceMappings ?? []).map(({ deviceName }) => deviceName);
        const missing = needed.filter((device) => !named.includes(device));
        if (missing.length > 0) yield `template ${template.name} does not name ${missing.join(", ")}`;
      }
    },
    good: [
      groupOn({ blockDeviceMappings: [volume("/dev/xvda"), volume("/dev/xvdb")] }, { amiType: "BOTTLEROCKET_x86_64" }),
      groupOn({ blockDeviceMappings: [volume("/dev/xvda")] }, { amiType: "AL2023_x86_64_STANDARD" }),
      groupOn({ blockDeviceMappings: [volume("/dev/sda1")], ...cloudConfig({}) }, { amiType: "CUSTOM" }),
      groupOn({ blockDeviceMappings: [volume("/dev/xvda")], ...nodeConfig({}) }, { amiType: "CUSTOM" }),
    ],
    bad: [
      groupOn({ blockDeviceMappings: [volume("/dev/xvda")] }, { amiType: "BOTTLEROCKET_ARM_64" }),
      groupOn({ blockDeviceMappings: [volume("/dev/sda1")] }, { amiType: "AL2023_x86_64_STANDARD" }),
      groupOn({ blockDeviceMappings: [volume("/dev/xvda")], ...cloudConfig({}) }, { amiType: "CUSTOM" }),
    ],
  }),

  inventoryControl({
    id: "nodes-volumes-key",
    title: "The volumes' key is ours and admits who starts the nodes",
    severity: "high",
    why: "with AWS's key nobody can shut a stolen snapshot; with ours that forgets Auto Scaling no node ever starts",
    fix: "set `ebs.kmsKeyId` to the disks key, and let its policy name the service-linked role of Auto Scaling",
    refs: { catalogue: "EKS-ENC-4", checkov: ["CKV_AWS_189"], trivy: ["AWS-0027"] },
    about: [TEMPLATE],
    *check(template, inventory) {
      const volumes = (template.inputs.blockDeviceMappings ?? []).filter(({ ebs }) => ebs?.encrypted === "true");
      if (volumes.some(({ ebs }) => ebs === undefined || !("kmsKeyId" in ebs)))
        yield { path: "blockDeviceMappings", message: "a volume is encrypted with AWS's own key" };
      else if (volumes.length > 0) {
        const keys = inventory.linked(template, "blockDeviceMappings", KEY);
        if (keys.length === 0) yield { path: "blockDeviceMappings", message: "the key is not one of this stack" };
        for (const key of keys)
          if (!admitsLauncher(key.inputs.policy)) yield `the policy of key ${key.name} does not admit ${LAUNCHER}`;
      }
    },
    good: [withKey({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::111122223333:role/aws-service-role/${LAUNCHER}` } })],
    bad: [
      withKey({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/somebody" } }),
      [item(TEMPLATE, "main-system", { blockDeviceMappings: [volume("/dev/xvda")] })],
      [
        item(TEMPLATE, "main-system", {
          blockDeviceMappings: [
            { ebs: { encrypted: "true", kmsKeyId: "arn:aws:kms:eu-central-1:444455556666:key/1" } },
          ],
        }),
      ],
    ],
  }),
];

/** By principal or by condition: a key's policy may name a role that AWS makes later only in a condition. */
function admitsLauncher(policy: unknown): boolean {
  return ["kms:Decrypt", "kms:CreateGrant"].every((action) =>
    allowsOf(policy ?? {}).some((statement) => {
      const pins = statement.conditions.filter(({ key }) => key === "aws:principalarn").flatMap(({ values }) => values);
      const named = [...pins, ...statement.principals.map(({ value }) => value)];
      return covers(statement, action) && named.some((name) => name.includes(LAUNCHER));
    }),
  );
}

function withKey(Condition: object) {
  const Statement = [
    { Effect: "Allow", Principal: { AWS: "*" }, Action: ["kms:Decrypt", "kms:CreateGrant"], Resource: "*", Condition },
  ];
  const key = item(KEY, "disks", { policy: JSON.stringify({ Statement }) });
  const blockDeviceMappings = [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: "arn" } }];
  return [key, item(TEMPLATE, "main-system", { blockDeviceMappings }, { links: { blockDeviceMappings: [key] } })];
}
