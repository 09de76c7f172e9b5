import type * as aws from "@pulumi/aws";

import { type Control, type Examples, inventoryControl, item, token } from "../control";
import { allowsOf, covers, coversEverything, type Statement } from "../iam-document";
import type { Item, Subject } from "../inventory";
import { ROLE } from "./trust";

export const POLICY = token<aws.iam.PolicyArgs>("aws:iam/policy:Policy");
export const ROLE_POLICY = token<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");

/** The part of a resource that grants permissions: a policy of its own, or a role's inline ones. */
export interface Granting {
  readonly policy?: unknown;
  readonly inlinePolicies?: readonly { readonly policy?: string | undefined }[] | undefined;
}

/** Every place where permissions can stand. */
export const GRANTING = [POLICY, ROLE_POLICY, ROLE].map(({ type }) => token<Granting>(type));

// Ways to more rights than one was given, each as the actions that together open it.
const ESCALATIONS: readonly (readonly string[])[] = [
  ["iam:CreatePolicyVersion"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:AttachRolePolicy"],
  ["iam:AttachUserPolicy"],
  ["iam:AttachGroupPolicy"],
  ["iam:PutRolePolicy"],
  ["iam:PutUserPolicy"],
  ["iam:PutGroupPolicy"],
  ["iam:UpdateAssumeRolePolicy"],
  ["iam:CreateAccessKey"],
  ["iam:PassRole"],
  ["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"],
];

// Calls, among them the channels of Session Manager, that IAM offers no resources for, as far as this blueprint's policies use them.
const UNRESTRICTABLE =
  /^(ec2:Describe\w*\*?|ecr:GetAuthorizationToken|logs:Describe\w*|autoscaling:Describe\w*\*?|elasticloadbalancing:Describe\w*\*?|kms:ListAliases|sts:GetCallerIdentity|iam:ListInstanceProfiles|pricing:GetProducts|arc-zonal-shift:GetManagedResource|ssmmessages:\w+|ec2messages:\w+)$/;

/** What policies written here may grant. */
export const permissions: readonly Control[] = [
  inventoryControl({
    id: "iam-no-administrators",
    title: "No policy allows everything",
    severity: "critical",
    why: "one leaked credential of such a role is the whole account",
    fix: "name the actions and resources that the role needs",
    refs: {
      catalogue: "EKS-IAM-13",
      securityHub: ["IAM.1"],
      checkov: ["CKV_AWS_62", "CKV2_AWS_40"],
      trivy: ["AWS-0057"],
    },
    about: GRANTING,
    *check(resource) {
      if (granted(resource).some((one) => one.actions.includes("*") && coversEverything(one)))
        yield "the policy allows every action on every resource";
    },
    ...examples(["logs:PutLogEvents", "arn:aws:logs:*:*:log-group:a"], ["*", "*"]),
  }),

  inventoryControl({
    id: "iam-no-service-wildcards",
    title: "Policies name actions, not whole services",
    severity: "high",
    why: "`s3:*` today also means whatever AWS adds to S3 tomorrow",
    fix: "name the actions that the role needs",
    refs: { catalogue: "EKS-IAM-14", securityHub: ["IAM.21"], checkov: ["CKV_AWS_63"], trivy: ["AWS-0057"] },
    about: GRANTING,
    *check(resource) {
      for (const { actions, notActions } of granted(resource)) {
        for (const action of actions.filter((one) => /^(\*|[\w-]+:\*+)$/.test(one)))
          yield `the policy allows ${action}`;
        if (notActions.length > 0) yield "the policy allows everything but a list, so also what AWS adds tomorrow";
      }
    },
    ...examples(["s3:GetObject", "arn:aws:s3:::a/*"], ["s3:*", "arn:aws:s3:::a/*"]),
  }),

  inventoryControl({
    id: "iam-restricted-resources",
    title: "Policies name resources wherever AWS lets them",
    severity: "high",
    why: "`*` reaches every other team's resource in the account",
    fix: "name the resources' ARNs",
    refs: { catalogue: "EKS-IAM-14", checkov: ["CKV_AWS_355", "CKV_AWS_290"], trivy: ["AWS-0345"] },
    about: GRANTING,
    *check(resource) {
      for (const one of granted(resource).filter(coversEverything)) {
        const reaching = one.actions.filter((action) => !UNRESTRICTABLE.test(action));
        if (reaching.length > 0) yield `${reaching.join(", ")} on every resource`;
      }
    },
    ...examples(["ec2:DescribeSubnets", "*"], ["logs:PutLogEvents", "*"]),
  }),

  inventoryControl({
    id: "iam-no-escalation",
    title: "No policy lets its holder get more rights than it gives",
    severity: "critical",
    why: "whoever may rewrite policies or pass any role is an administrator in two steps",
    fix: "remove the actions, or limit iam:PassRole to the ARNs of the roles that are passed",
    refs: {
      catalogue: "EKS-IAM-15",
      checkov: ["CKV_AWS_286", "CKV_AWS_110", "CKV_AWS_287", "CKV_AWS_289"],
      trivy: ["AWS-0342"],
    },
    about: GRANTING,
    *check(resource) {
      const statements = granted(resource);
      for (const set of ESCALATIONS) {
        const open = set.every((action) =>
          statements.some((one) => covers(one, action) && (action !== "iam:PassRole" || reachesAllRoles(one))),
        );
        if (open) yield `the policy allows ${set.join(" with ")}`;
      }
    },
    ...examples(["iam:PassRole", "arn:aws:iam::111122223333:role/bulwark-production-nodes"], ["iam:PassRole", "*"]),
  }),

  inventoryControl({
    id: "iam-no-decrypt-everything",
    title: "No policy decrypts with every key",
    severity: "high",
    why: "the boundary between two keys ends where one role may use both",
    fix: "name the ARN of the key, or its alias in a condition on `kms:ResourceAliases`",
    refs: { catalogue: "EKS-KMS-6", securityHub: ["KMS.1", "KMS.2"] },
    about: GRANTING,
    *check(resource) {
      for (const action of ["kms:Decrypt", "kms:ReEncryptFrom"]) {
        if (granted(resource).some((one) => covers(one, action) && reachesAllKeys(one)))
          yield `the policy allows ${action} with every key`;
      }
    },
    ...examples(
      ["kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/1"],
      ["kms:Decrypt", "arn:aws:kms:*:111122223333:key/*"],
    ),
  }),
];

/** What a place allows. */
export function granted({ inputs }: Subject<Granting>): Statement[] {
  const inline = (inputs.inlinePolicies ?? []).map(({ policy }) => policy);
  return [inputs.policy, ...inline].filter((one) => one !== undefined).flatMap(allowsOf);
}

function reachesAllRoles(statement: Statement): boolean {
  return coversEverything(statement) || statement.resources.some((arn) => /:role\/\*$/.test(arn));
}

function reachesAllKeys(statement: Statement): boolean {
  if (isOfOneAlias(statement)) return false;
  return coversEverything(statement) || statement.resources.some((arn) => /:key\/\*$/.test(arn));
}

// The alias says which key before the key exists (AWS KMS developer guide, "Use aliases to control access to KMS keys").
function isOfOneAlias({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === "ForAnyValue:StringEquals" &&
      key === "kms:resourcealiases" &&
      values.length === 1 &&
      values.every((alias) => alias.startsWith("alias/")),
  );
}

// The same grant in each of the three places where one can stand.
function examples(good: readonly [string, string], bad: readonly [string, string]) {
  const inEach = ([Action, Resource]: readonly [string, string]): Examples<readonly Item[]> => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: [Action], Resource }],
    });
    const assumeRolePolicy = JSON.stringify({ Statement: [] });
    return [
      [item(POLICY, "example", { policy })],
      [item(ROLE_POLICY, "example", { role: "example", policy })],
      [item(ROLE, "example", { assumeRolePolicy, inlinePolicies: [{ name: "inline", policy }] })],
    ];
  };
  return { good: inEach(good), bad: inEach(bad) };
}
