import * as aws from "@pulumi/aws";

import { type Careless, deleting, document, trust } from "./program";

const policy = document({ Action: "s3:GetObject", Resource: "*" });
const role = (name: string) => new aws.iam.Role(name, { name, assumeRolePolicy: trust("ec2.amazonaws.com") });

/** What IAM refuses. */
export const identity: readonly Careless[] = [
  [
    "a trust policy that is no JSON",
    "MalformedPolicyDocument: This policy contains invalid Json",
    () => new aws.iam.Role("main", { assumeRolePolicy: "{" }),
  ],
  [
    "a trusted role that does not exist",
    'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/nobody"',
    () => {
      const Principal = { AWS: "arn:aws:iam::111122223333:role/nobody" };
      return new aws.iam.Role("main", { assumeRolePolicy: document({ Principal, Action: "sts:AssumeRole" }) });
    },
  ],
  [
    "two roles of one name",
    "EntityAlreadyExists",
    () =>
      new aws.iam.Role(
        "second",
        { name: "main", assumeRolePolicy: trust("ec2.amazonaws.com") },
        { dependsOn: role("main") },
      ),
  ],
  [
    "a policy on a role that does not exist",
    "NoSuchEntity: The role with name nobody cannot be found.",
    () => new aws.iam.RolePolicy("main", { role: "nobody", policy }),
  ],
  [
    "an attachment of a policy that does not exist",
    "does not exist or is not attachable",
    () => {
      const policyArn = "arn:aws:iam::111122223333:policy/none";
      return new aws.iam.RolePolicyAttachment("main", { role: role("main").name, policyArn });
    },
  ],
  [
    "an identity policy that names a principal",
    "Policy document should not specify a principal",
    () => new aws.iam.Policy("main", { policy: document({ Principal: "*", Action: "s3:*", Resource: "*" }) }),
  ],
  [
    "a role deleted before its policies",
    "DeleteConflict: Cannot delete entity, must delete policies first.",
    () => new aws.iam.RolePolicy("main", { role: role("main").name, policy }),
    deleting("aws:iam/role:Role"),
  ],
  [
    "a policy deleted while a role has it",
    "DeleteConflict: Cannot delete a policy attached to entities.",
    () => {
      const { arn } = new aws.iam.Policy("main", { policy });
      new aws.iam.RolePolicyAttachment("main", { role: role("main").name, policyArn: arn });
    },
    deleting("aws:iam/policy:Policy"),
  ],
];
