import type * as aws from "@pulumi/aws";

import { type Control, inventoryControl, item, token } from "../control";
import { allowsOf, type Statement } from "../iam-document";
import type { Inventory, Item, Subject } from "../inventory";
import { isSet } from "../unknown";
import { ACCOUNT, base, PROJECT, projectOf } from "./example";

const ROLE = token<aws.iam.RoleArgs>("aws:iam/role:Role");
const BOUNDARY = token<aws.iam.PolicyArgs>("aws:iam/policy:Policy");
const ATTACHMENT = token<aws.iam.RolePolicyAttachmentArgs>("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

const ARN = `arn:aws:codebuild:eu-central-1:${ACCOUNT}:project/${base.name}`;
const boundary = item(BOUNDARY, "main-runner-boundary", { policy: "{}" });
const confined = { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnEquals: { "aws:SourceArn": ARN } };

/** What builds act under. */
export const roles: readonly Control[] = [
  inventoryControl({
    id: "runner-role-trust",
    title: "Only builds of this one project become the runner's role",
    severity: "critical",
    why: "otherwise whoever may make a project of their own runs what they like as administrator of the cluster",
    fix: "trust codebuild.amazonaws.com with conditions on `aws:SourceAccount` and, exactly, on this project as `aws:SourceArn`",
    refs: {},
    about: [PROJECT],
    *check(project, inventory) {
      const found = inventory.linked(project, "serviceRole", ROLE);
      if (found.length === 0)
        yield { path: "serviceRole", message: "the role is not of this stack, so nobody knows who becomes it" };
      for (const role of found)
        for (const statement of allowsOf(role.inputs.assumeRolePolicy))
          yield* strangers(statement, role.name, project.inputs.name);
    },
    good: [acting(trust(confined))],
    bad: [
      projectOf({}),
      acting(trust({ StringEquals: { "aws:SourceAccount": ACCOUNT } })),
      acting(trust({ ...confined, ArnEquals: { "aws:SourceArn": ARN.replace(base.name, "another") } })),
      acting(trust({ ...confined, ArnEquals: { "aws:SourceArn": [ARN, `${ARN}-2`] } })),
      acting(trust({ StringEquals: confined.StringEquals, ArnLike: { "aws:SourceArn": ARN.replace(base.name, "*") } })),
      acting(trust(confined, { Service: ["codebuild.amazonaws.com", "lambda.amazonaws.com"] })),
    ],
  }),

  inventoryControl({
    id: "runner-role-bounded",
    title: "What somebody attaches to the runner's role later counts for nothing",
    severity: "high",
    why: "a role that administers a cluster is the one to which more is attached in a hurry",
    fix: "give the role a `permissionsBoundary` of this stack, and its rights in a policy of its own",
    refs: { catalogue: "EKS-IAM-19" },
    about: [PROJECT],
    *check(project, inventory) {
      for (const role of inventory.linked(project, "serviceRole", ROLE)) {
        const bounded =
          isSet(role.inputs, "permissionsBoundary") &&
          inventory.linked(role, "permissionsBoundary", BOUNDARY).length > 0;
        if (!bounded) yield `role ${role.name} has no boundary of this stack`;
        for (const arn of attachedTo(role, inventory)) yield `role ${role.name} also carries ${arn}`;
      }
    },
    good: [acting(trust(confined))],
    bad: [
      acting(trust(confined), false),
      [
        ...acting(trust(confined)),
        item(
          ATTACHMENT,
          "more",
          { role: "r", policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
          { links: { role: [runner(trust(confined), true)] } },
        ),
      ],
    ],
  }),
];

function* strangers({ principals, conditions }: Statement, role: string, project: string | undefined) {
  const others = principals.filter(({ kind, value }) => kind !== "Service" || value !== "codebuild.amazonaws.com");
  for (const { value } of others) yield `${value} may become role ${role}`;
  const sources = conditions.filter(
    ({ operator, key }) => key === "aws:sourcearn" && ["ArnEquals", "ArnLike", "StringEquals"].includes(operator),
  );
  const values = sources.flatMap((condition) => condition.values);
  const exact =
    values.length === 1 && values.every((arn) => !/[*?]/.test(arn) && arn.endsWith(`:project/${project ?? ""}`));
  if (!exact) yield `builds of other projects may become role ${role}`;
  if (!conditions.some(({ operator, key }) => operator === "StringEquals" && key === "aws:sourceaccount"))
    yield `the trust of role ${role} names no source account`;
}

function attachedTo(role: Subject<{ managedPolicyArns?: string[] | undefined }>, inventory: Inventory): string[] {
  const attached = inventory.linking(ATTACHMENT, "role", role).map(({ inputs }) => inputs.policyArn);
  return [...attached, ...(role.inputs.managedPolicyArns ?? [])];
}

function trust(Condition: object, Principal: object = { Service: "codebuild.amazonaws.com" }): string {
  return JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition }] });
}

function runner(assumeRolePolicy: string, bounded: boolean): Item {
  const inputs = { assumeRolePolicy, ...(bounded && { permissionsBoundary: "arn" }) };
  return item(ROLE, "main-runner", inputs, { links: bounded ? { permissionsBoundary: [boundary] } : {} });
}

function acting(assumeRolePolicy: string, bounded = true): readonly Item[] {
  return [boundary, ...projectOf({}, { serviceRole: [runner(assumeRolePolicy, bounded)] })];
}
